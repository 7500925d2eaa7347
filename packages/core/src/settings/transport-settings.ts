import { text } from "./setting-kinds.ts";

/** How the server reaches Flyte, beside address and trust. */
export const transportSettings = {
  httpVersion: text({ description: "HTTP version to Flyte: 1.1 or 2.", value: "N" }),
  httpProxy: text({
    description: "Proxy to Flyte, instead of HTTPS_PROXY and HTTP_PROXY; NO_PROXY holds for both.",
    env: ["FLYTE_ADMIN_HTTPPROXYURL"],
    file: "admin.httpProxyURL",
    value: "URL",
  }),
  clientCertFile: text({
    description: "PEM file of the client certificate for TLS.",
    value: "FILE",
  }),
  clientKeyFile: text({
    description: "PEM file of the client certificate's key.",
    value: "FILE",
  }),
};
