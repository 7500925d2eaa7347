import { readFileSync, writeFileSync } from "node:fs";
import { describePolicySchema, policyKeys } from "./policy-schema.ts";
import { policySettings } from "./settings/definitions.ts";

const PUBLISHED = new URL("../policy.schema.json", import.meta.url);

describe("the schema of a policy file", () => {
  it("is published as it is (npm run docs writes it)", () => {
    const text = `${JSON.stringify(describePolicySchema(), null, 2)}\n`;
    if (process.env["UPDATE_DOCS"]) writeFileSync(PUBLISHED, text);
    expect(JSON.parse(readFileSync(PUBLISHED, "utf8"))).toEqual(describePolicySchema());
  });

  it("has every limit that the options have", () => {
    const limits = Object.keys(policySettings).filter((key) => key !== "policy");
    expect([...policyKeys.values()]).toEqual(limits);
  });
});
