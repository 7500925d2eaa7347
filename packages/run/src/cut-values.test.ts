import { cutValues } from "./cut-values.ts";

it("leaves what can be read", () => {
  const values = { a: 1, text: "x".repeat(19_000), list: [1, 2], nothing: null };
  expect(cutValues(values)).toEqual(values);
});

it("shows the beginning and the size of what cannot", () => {
  const { text, list, small } = cutValues({
    text: "x".repeat(30_000),
    list: Array.from({ length: 10_000 }, (_, index) => index),
    small: 1,
  });
  expect(text).toEqual({ truncated: true, size_characters: 30_002, begins: "x".repeat(2_000) });
  expect(list).toMatchObject({
    truncated: true,
    size_characters: 48_891,
    begins: expect.stringMatching(/^\[0,1,2,/),
  });
  expect(small).toBe(1);
});
