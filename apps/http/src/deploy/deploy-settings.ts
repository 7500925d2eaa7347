import { flag, flyteSettings, list, text } from "@flyte-mcp/core";
import { z } from "zod";

// What the plane's own sidecars listen on.
const TAKEN_PORTS = [8012, 8022, 8112, 9090, 9091];
const LONGEST_NAME = 30;
const REPLICAS = z.int().min(0).max(1_000);
const SEVERAL = "several by giving it again";

/** What an app of a Flyte plane is made of, and how long to wait for it. */
export const deploySettings = {
  image: text({
    description: "The image of this server, which the plane can pull; best by digest.",
    value: "REF",
  }),
  name: z
    .string()
    .max(LONGEST_NAME, `must be at most ${LONGEST_NAME} characters long`)
    .regex(
      /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
      "must be lower-case letters, digits and dashes, with a letter first and no dash last",
    )
    .default("flyte-mcp")
    .meta({ description: "The app's name." }),
  containerPort: z
    .int()
    .min(1)
    .max(65_535)
    .refine((port) => !TAKEN_PORTS.includes(port), `must not be one of ${TAKEN_PORTS.join(", ")}`)
    .default(8080)
    .meta({ description: "Port to listen on in the container." }),
  env: list({
    description: `Environment variable of the app, ${SEVERAL}; never a credential.`,
    value: "K=V",
  }),
  secret: list({
    description: `Secret of the plane as environment variable of the app, ${SEVERAL}.`,
    value: "KEY[:ENV]",
  }),
  minReplicas: REPLICAS.default(0).meta({
    description: "Replicas that are always there; 1 spares the first caller a start.",
  }),
  maxReplicas: REPLICAS.default(1).meta({ description: "The most replicas." }),
  cpu: z.string().default("1").meta({ description: "CPU to ask for.", value: "QUANTITY" }),
  memory: z.string().default("512Mi").meta({ description: "Memory to ask for.", value: "QUANTITY" }),
  subdomain: text({
    description: "Subdomain to ask for; {name}, {project}, {domain} and {hash}, made of both, are filled in.",
  }),
  clusterPool: text({
    description: "Pool of clusters to run in; the one named default when left out.",
    value: "NAME",
  }),
  cluster: text({ description: "The cluster to run in, instead of a pool.", value: "NAME" }),
  serviceAccount: text({ description: "Kubernetes service account to run as.", value: "NAME" }),
  public: flag({ description: "Let requests without a login through the plane's ingress." }),
  anyoneMayCall: flag({
    description: "Deploy although anybody who reaches the app can use it.",
  }),
  dryRun: flag({ description: "Print the request as JSON, and change nothing." }),
  wait: z
    .boolean()
    .default(true)
    .meta({ description: "Wait until the app is active and answers; --no-wait ends before." }),
  timeout: z.int().min(1).max(600).default(300).meta({ description: "Seconds to wait.", value: "S" }),
  ...flyteSettings,
};
