import { hashOfUri } from "./hash-of-uri.ts";

it.each([
  ["s3://bucket/metadata/org/proj/dev/run/a0/inputs.pb", "LozOhLtpQjg"],
  ["s3://bucket/x/", "YBbMjp7J30E"],
  ["", "y_Kc5IQiIyU"],
  ["gs://bücket/ä", "-kk205ytETU"],
])("hashes %s as the Python SDK does", (uri, hash) => {
  expect(hashOfUri(uri)).toBe(hash);
});
