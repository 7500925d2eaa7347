// A second set of questions about the `examples` folder of https://github.com/flyteorg/flyte-sdk, written without a look at
// how the search ranks; nothing is tuned by any of them. Each has a wording that shares little with its answer, keywords as
// an assistant types them, a regular expression, and the files that answer.
import { readFileSync } from "node:fs";

export const questions = JSON.parse(
  readFileSync(new URL("flyte-sdk-held-out.json", import.meta.url), "utf8"),
);
