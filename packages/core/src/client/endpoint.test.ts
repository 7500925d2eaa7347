import { isSettingsError } from "../settings/settings-error.ts";
import { impliedConsole, impliedOrg, isLoopbackHost, parseEndpoint } from "./endpoint.ts";

describe("parseEndpoint", () => {
  it.each<[text: string, insecure: boolean | undefined, url: string]>([
    ["dns:///flyte.example.com", undefined, "https://flyte.example.com"],
    ["dns:///flyte.example.com:443", undefined, "https://flyte.example.com:443"],
    ["dns:///flyte.example.com", true, "http://flyte.example.com"],
    ["flyte.example.com", undefined, "https://flyte.example.com"],
    ["flyte.example.com:443", true, "http://flyte.example.com:443"],
    ["flyte.example.com:8090", false, "https://flyte.example.com:8090"],
    ["localhost:8090", undefined, "http://localhost:8090"],
    ["localhost:8090", false, "https://localhost:8090"],
    ["dns:///localhost:8090", undefined, "http://localhost:8090"],
    ["127.0.0.1:80", undefined, "http://127.0.0.1:80"],
    ["[::1]:8090", undefined, "http://[::1]:8090"],
    ["https://flyte.example.com", true, "https://flyte.example.com"],
    ["http://flyte.example.com:8090", false, "http://flyte.example.com:8090"],
    ["https://localhost:8443", undefined, "https://localhost:8443"],
    ["HTTPS://Flyte.Example.com", undefined, "https://flyte.example.com"],
    ["https://flyte.example.com/prefix/", undefined, "https://flyte.example.com/prefix"],
    ["flyte.example.com/prefix//", undefined, "https://flyte.example.com/prefix"],
    ["  flyte.example.com\n", undefined, "https://flyte.example.com"],
  ])("reads %s with insecure %s as %s", (text, insecure, url) => {
    expect(parseEndpoint(text, insecure).url).toBe(url);
  });

  it("tells what follows from it", () => {
    expect(parseEndpoint("flyte.example.com:8090/x", undefined)).toEqual({
      url: "https://flyte.example.com:8090/x",
      host: "flyte.example.com:8090",
      isSecure: true,
      isLoopback: false,
    });
    expect(parseEndpoint("localhost", undefined)).toMatchObject({ isSecure: false, isLoopback: true });
  });

  it.each([
    ["grpc://flyte.example.com", 'The endpoint may not have a scheme "grpc"'],
    ["dns://flyte.example.com", 'The endpoint may not have a scheme "dns"'],
    ["https://canary:canary@flyte.example.com", "The endpoint may not have a user name or password"],
    ["canary@flyte.example.com", "The endpoint may not have a user name or password"],
    ["https://flyte.example.com?token=canary", "The endpoint may not have a query"],
    ["https://flyte.example.com/#canary", "The endpoint may not have a fragment"],
    ["flyte.example.com:99999", "The endpoint is not an address"],
    ["https://", "The endpoint is not an address"],
    ["", "The endpoint is not an address"],
    ["two words", "The endpoint is not an address"],
  ])("refuses %j and does not repeat it", (text, message) => {
    let thrown: unknown;
    try {
      parseEndpoint(text, undefined);
    } catch (error) {
      thrown = error;
    }
    expect(isSettingsError(thrown)).toBe(true);
    expect((thrown as Error).message).toBe(`${message}; give host:port, https://host or http://host:port.`);
  });
});

describe("isLoopbackHost", () => {
  it.each([
    ["localhost", true],
    ["127.0.0.1", true],
    ["127.8.8.8", true],
    ["::1", true],
    ["[::1]", true],
    ["0.0.0.0", false],
    ["localhost.example.com", false],
    ["127.0.0.1.example.com", false],
    ["10.0.0.1", false],
  ])("of %s is %s", (host, isLoopback) => {
    expect(isLoopbackHost(host)).toBe(isLoopback);
  });
});

describe("what an endpoint implies", () => {
  it.each<[endpoint: string, org: string, console: string | undefined]>([
    ["dns:///acme.hosted.example.com", "acme", "https://acme.hosted.example.com"],
    ["https://acme.hosted.example.com:443", "acme", "https://acme.hosted.example.com"],
    ["acme.hosted.example.com:443", "acme", "https://acme.hosted.example.com:443"],
    ["https://example.com", "", "https://example.com"],
    ["localhost:8090", "", "http://localhost:8080"],
    ["localhost:30080", "", "http://localhost:30080"],
    ["http://10.1.2.3:8090", "", "http://10.1.2.3:8090"],
    ["http://[::1]:8090", "", "http://[::1]:8090"],
    ["http://flyte-binary-http.flyte:8090", "", undefined],
    ["http://flyte-binary-http.flyte.svc.cluster.local:8090", "", undefined],
    ["http://api.flyte.svc:8090", "", undefined],
    ["http://host.docker.internal:8090", "", undefined],
  ])("%s: organization %j, console %s", (text, org, console) => {
    const endpoint = parseEndpoint(text, undefined);
    expect(impliedOrg(endpoint)).toBe(org);
    expect(impliedConsole(endpoint)).toBe(console);
  });
});
