import type { MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import {
  IdentifierSchema,
  Spec_DesiredState as DesiredState,
  SpecSchema,
} from "@flyte-mcp/idl/app/app_definition";
import { Resources_ResourceName as ResourceName } from "@flyte-mcp/idl/core/tasks";
import { plusMs } from "../clock.ts";
import { settledConditions } from "../executor/app-start.ts";
import type { Plane } from "../plane.ts";
import { SEED_SCOPE } from "./specs.ts";

const HOUR_MS = 3_600_000;

interface SeedApp {
  name: string;
  hoursAgo: number;
  isStopped?: boolean;
  description: string;
  env: Record<string, string>;
}

const APPS: readonly SeedApp[] = [
  {
    ...{ name: "dashboard", hoursAgo: 71, description: "Sales of the day." },
    env: { LOG_LEVEL: "info", DATABASE_PASSWORD: "sandbox-only" },
  },
  {
    ...{ name: "labeling", hoursAgo: 48, description: "Labels images by hand.", isStopped: true },
    env: { LOG_LEVEL: "debug" },
  },
  { name: "forecast-fail", hoursAgo: 3, description: "Serves the forecast model.", env: { MODEL: "v7" } },
];

/** An app that is active, one that is stopped and one that fails to start. */
export function seedApps(plane: Plane): void {
  const now = plane.clock();
  for (const app of APPS) {
    const createdAt = plusMs(now, -app.hoursAgo * HOUR_MS);
    plane.state.apps.push({
      id: create(IdentifierSchema, { ...SEED_SCOPE, name: app.name }),
      spec: create(SpecSchema, specOf(app)),
      isStopped: app.isStopped ?? false,
      conditions: settledConditions(app.name, plusMs(createdAt, 20_000)),
      createdAt,
      generation: 1,
    });
  }
}

function specOf({ name, description, env }: SeedApp): MessageInitShape<typeof SpecSchema> {
  const requests = [
    { name: ResourceName.CPU, value: "1" },
    { name: ResourceName.MEMORY, value: "512Mi" },
  ];
  return {
    appPayload: {
      case: "container",
      value: {
        image: `registry.example/${name}:1`,
        args: ["serve", "--port", "8080"],
        ports: [{ containerPort: 8080 }],
        env: Object.entries(env).map(([key, value]) => ({ key, value })),
        resources: { requests },
      },
    },
    autoscaling: { replicas: { min: 0, max: 1 } },
    desiredState: DesiredState.ACTIVE,
    profile: { type: "FastAPI", name, shortDescription: description },
    links: [{ path: "/docs", title: "API", isRelative: true }],
  };
}
