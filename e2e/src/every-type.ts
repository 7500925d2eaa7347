/** Inputs of seed.everything: a value of every common type, as an assistant would write it. */
export const EVERYTHING = {
  i: "9007199254740993",
  f: 0.25,
  s: "Grüße 🚀",
  b: true,
  when: "2024-02-29T12:30:45Z",
  span: 5400,
  xs: [1, 2, 3],
  m: { a: 1.5, b: -2 },
  mode: "SLOW",
  params: { lr: 0.5, layers: [8, 8] },
  model: { name: "m" },
  maybe: 7,
  either: "text",
  file: { uri: "s3://bucket/data.csv", format: "csv" },
};
