import { rmSync } from "node:fs";

export default function tearDown() {
  const { folder, registry } = globalThis.installTest;
  registry.close();
  rmSync(folder, { recursive: true, force: true });
}
