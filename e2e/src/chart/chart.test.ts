import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { HTTP } from "../built-apps.ts";
import { findHelm } from "./find-helm.ts";
import { readKubernetesSchemas } from "./kubernetes-schemas.ts";
import { CHART, EVERYTHING, LEAST, readNotes, renderChart, runHelm } from "./render.ts";
import type { Values } from "./render.ts";

const helm = findHelm();
const check = readKubernetesSchemas();
const describeHere = helm === undefined || check === undefined ? describe.skip : describe;
const render = (values: Values) => renderChart(helm ?? "", values);

const page = readFileSync(new URL("../../../docs/deploying.md", import.meta.url), "utf8");
const documented = parse(/^```yaml\n(.*?)^```/ms.exec(page)?.[1] ?? "") as Values;

const ALWAYS = ["NetworkPolicy", "PodDisruptionBudget", "ServiceAccount", "Service", "Deployment"];

describeHere("the chart (skipped where Go cannot build Helm and fetch Kubernetes)", () => {
  it("passes Helm's own lint", () => {
    expect(runHelm(helm ?? "", "lint", EVERYTHING, ["--strict"])).toContain("0 chart(s) failed");
  });

  it.each<[string, Values, string[]]>([
    ["the least that it needs", LEAST, ALWAYS],
    ["the values of docs/deploying.md", documented, [...ALWAYS, "Ingress"]],
    ["everything on", EVERYTHING, [...ALWAYS, "HorizontalPodAutoscaler", "Ingress"]],
    [
      "everything off",
      {
        ...LEAST,
        networkPolicy: { enabled: false },
        podDisruptionBudget: { enabled: false },
        serviceAccount: { create: false },
      },
      ["Service", "Deployment"],
    ],
  ])("makes of %s what Kubernetes takes", (_what, values, kinds) => {
    const manifests = render(values);
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(kinds.sort());
    expect(manifests.flatMap((manifest) => check?.(manifest))).toEqual([]);
  });

  it("would be told of a field that Kubernetes does not know, and of a wrong one", () => {
    const [first] = render(LEAST);
    expect(check?.({ ...first!, spec: { podSelector: {}, policy: [] } } as never)).toEqual([
      'NetworkPolicy/spec must NOT have additional properties {"additionalProperty":"policy"}',
    ]);
    expect(check?.({ ...first!, metadata: { name: 1 } } as never)).toHaveLength(1);
  });

  it.each([LEAST, EVERYTHING])("shuts the pods in, whatever the values (%#)", (values) => {
    const deployment = render(values).find(({ kind }) => kind === "Deployment");
    expect(deployment).toMatchObject({
      spec: {
        template: {
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            terminationGracePeriodSeconds: 30,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            containers: [
              {
                securityContext: {
                  allowPrivilegeEscalation: false,
                  privileged: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ["ALL"] },
                },
                livenessProbe: { httpGet: { path: "/health", port: "http" } },
                readinessProbe: { httpGet: { path: "/ready", port: "http" } },
                lifecycle: { preStop: { sleep: { seconds: 4 } } },
              },
            ],
          },
        },
      },
    });
    const account = render(values).find(({ kind }) => kind === "ServiceAccount");
    expect(account).toMatchObject({ automountServiceAccountToken: false });
  });

  it("lets in what comes to the port, and out what asks for names and for Flyte", () => {
    const dns = { ports: [53, 53].map((port, at) => ({ protocol: ["UDP", "TCP"][at], port })) };
    const spec = (values: Values) => render(values).find(({ kind }) => kind === "NetworkPolicy");
    expect(spec(LEAST)).toMatchObject({
      spec: {
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ ports: [{ protocol: "TCP", port: 8080 }] }],
        egress: [dns, { ports: [{ protocol: "TCP", port: 443 }] }],
      },
    });
    expect(spec(EVERYTHING)).toMatchObject({
      spec: {
        ingress: [
          { ports: [{ protocol: "TCP", port: 8080 }], from: [{ namespaceSelector: {} }] },
          { ports: [{ protocol: "TCP", port: 9090 }], from: [{ podSelector: {} }] },
        ],
        egress: [
          dns,
          {
            ports: [443, 8089].map((port) => ({ protocol: "TCP", port })),
            to: [{ ipBlock: { cidr: "10.0.0.0/8" } }],
          },
        ],
      },
    });
  });

  it("makes no Secret, and names those that exist", () => {
    const manifests = render(EVERYTHING);
    expect(manifests.map(({ kind }) => kind)).not.toContain("Secret");
    const { env } = (manifests.find(({ kind }) => kind === "Deployment") as never as Deployment).spec.template
      .spec.containers[0]!;
    expect(env).toEqual([
      { name: "FLYTE_MCP_API_KEY", valueFrom: { secretKeyRef: { name: "flyte", key: "api-key" } } },
      {
        name: "FLYTE_MCP_CLIENT_SECRET",
        valueFrom: { secretKeyRef: { name: "flyte", key: "client-secret" } },
      },
      { name: "TZ", value: "UTC" },
      { name: "FLYTE_MCP_SECRET_DB", valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
    ]);
  });

  it.each<[string, Values, string[]]>([
    [
      "inside the cluster",
      LEAST,
      ["is http://demo-flyte-mcp.tools.svc:80/flyte-mcp/mcp", "port-forward service/demo-flyte-mcp 8080:80"],
    ],
    ["at its public address", EVERYTHING, ["is https://mcp.example.com/flyte-mcp/mcp", "id.example.com"]],
    [
      "at its ingress",
      { ...LEAST, mountPath: "/a", ingress: { enabled: true, hosts: ["b.example.com"] } },
      ["is http://b.example.com/a/mcp", "Authorization: Bearer $TOKEN"],
    ],
  ])("tells where the endpoint is: %s", (_what, values, sentences) => {
    const notes = readNotes(helm ?? "", values);
    expect(sentences.filter((sentence) => !notes.includes(sentence))).toEqual([]);
  });

  it("is for the version of the app that it stands beside", () => {
    const { version } = JSON.parse(readFileSync(join(HTTP, "../../package.json"), "utf8")) as {
      version: string;
    };
    expect(readFileSync(join(CHART, "Chart.yaml"), "utf8")).toContain(`\nappVersion: "${version}"\n`);
  });
});

interface Deployment {
  spec: { template: { spec: { containers: { env: unknown }[] } } };
}
