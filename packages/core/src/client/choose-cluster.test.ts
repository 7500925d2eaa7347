import { chooseCluster } from "./choose-cluster.ts";

const HOME = "https://flyte.example.com";

describe("the cluster that a plane names", () => {
  it.each<[answer: string, home: string, place: string]>([
    ["https://dp.example.com", HOME, "https://dp.example.com"],
    ["https://dp.example.com:8443/base/", HOME, "https://dp.example.com:8443/base"],
    ["dp.example.com", HOME, "https://dp.example.com"],
    ["dns:///dp.example.com:8443", HOME, "https://dp.example.com:8443"],
    ["dp.example.com", "http://flyte.example.com", "http://dp.example.com"],
    ["https://elsewhere.test", HOME, "https://elsewhere.test"],
    ["http://data.flyte.svc:80", "http://flyte-binary:8090", "http://data.flyte.svc"],
    ["http://127.0.0.1:9001", "http://127.0.0.1:9000", "http://127.0.0.1:9001"],
  ])("is %s from %s", (answer, home, place) => {
    expect(chooseCluster(answer, home)).toBe(place);
  });

  it.each<[string, answer: string, home: string]>([
    ["nothing", "", HOME],
    ["no address", "https://", HOME],
    ["another scheme", "ftp://dp.example.com", HOME],
    ["somebody's credentials", "https://me:pass@dp.example.com", HOME],
    ["itself", "https://flyte.example.com/", HOME],
    ["itself, by its port", "https://flyte.example.com:443", HOME],
    ["itself, in capitals", "https://Flyte.Example.COM", HOME],
    ["itself as plain HTTP, behind a proxy that ends TLS", "http://flyte.example.com", HOME],
    ["itself as plain HTTP with the port of TLS", "http://flyte.example.com:443", HOME],
    ["itself with a port", "http://localhost:8090", "http://localhost:8090/base"],
    ["clear text, where the plane has TLS", "http://dp.example.com", HOME],
    ["a name of its own network", "https://flyte-binary-http.flyte.svc.cluster.local:8090", HOME],
    ["a single name", "http://flyte-binary:8090", "http://flyte.example.com"],
    ["its loopback", "http://localhost:8090", "http://flyte.example.com"],
  ])("is not another one when it names %s", (_what, answer, home) => {
    expect(chooseCluster(answer, home)).toBeUndefined();
  });
});
