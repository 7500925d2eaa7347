import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { AuthMetadataService } from "@flyte-mcp/idl/auth/auth_service";
import { discover } from "./discover.ts";

describe("asking a plane how to log in", () => {
  it("leaves no question behind when the other one fails", async () => {
    const left = new Promise<string>((resolve) => {
      const transport = createRouterTransport(({ service }) =>
        service(AuthMetadataService, {
          getOAuth2Metadata: () => Promise.reject(new ConnectError("down", Code.Unavailable)),
          getPublicClientConfig: (_request, { signal }) =>
            new Promise((_, reject) =>
              signal.addEventListener("abort", () => {
                resolve("ended");
                reject(new ConnectError("ended", Code.Canceled));
              }),
            ),
        }),
      );
      void discover(transport, "https://flyte.example").catch(() => setTimeout(() => resolve("left"), 50));
    });
    expect(await left).toBe("ended");
  });
});
