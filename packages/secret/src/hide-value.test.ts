import { Code, ConnectError } from "@connectrpc/connect";
import { connectClient, playFlyte } from "@flyte-mcp/core/testing";
import { SecretService } from "@flyte-mcp/idl/secret/secret";
import { secret } from "./index.ts";

const VALUE = 'canary "value" / with ü';

/** What a caller is told when the plane refuses a secret in these words. */
async function refusalOf(message: string, value = VALUE): Promise<string> {
  const flyte = playFlyte((router) =>
    router.service(SecretService, {
      createSecret() {
        throw new ConnectError(message, Code.InvalidArgument);
      },
    }),
  );
  const { failure } = await connectClient({ groups: [secret()], flyte });
  return failure("create_secret", { name: "token", value });
}

const NOT_SHOWN =
  "Flyte refused the secret; its reason is not shown, since it quotes the value [invalid_argument]";

it.each([
  ["as it is", `invalid value: ${VALUE}`],
  ["in JSON", `invalid: {"stringValue":${JSON.stringify(VALUE)}}`],
  ["in a URL", `bad ${encodeURIComponent(VALUE)}`],
  ["in base64", `data: ${Buffer.from(VALUE).toString("base64")}`],
  ["in hex", `data: ${Buffer.from(VALUE).toString("hex")}`],
  ["cut short", `invalid value: ${VALUE.slice(0, 9)}...`],
])("leaves out the words of a plane that quotes the value %s", async (_form, message) => {
  expect(await refusalOf(message)).toBe(NOT_SHOWN);
});

it("leaves them out for a short value too", async () => {
  expect(await refusalOf('invalid value: "pin1"', "pin1")).toBe(NOT_SHOWN);
});

it("keeps words that tell nothing of it", async () => {
  expect(await refusalOf("quota of 100 secrets is used up")).toBe(
    "quota of 100 secrets is used up [invalid_argument]",
  );
});
