import { createListedGroup, listGroup } from "@flyte-mcp/core/command";
import type { GroupListing } from "@flyte-mcp/core/command";
import { createGroups } from "./create-groups.ts";

const create = (values: object) => createGroups(values, import.meta.url);

it("composes each group once, and none that is reserved", async () => {
  const names = (await create({})).map(({ name }) => name);
  expect(names).toEqual([
    ...["task", "run", "action", "logs", "app", "trigger", "project", "secret", "condition", "identity"],
    ...["build", "script", "search"],
  ]);
});

it("can list every group from plain data, without its code", async () => {
  for (const group of await create({})) {
    const listing = JSON.parse(JSON.stringify(listGroup(group))) as GroupListing;
    const load = () => {
      throw new Error(`${group.name} is loaded`);
    };
    expect(listGroup(createListedGroup(listing, load))).toEqual(listing);
  }
});

it("shows what settings change in the tools of a group", async () => {
  const inputsOf = async (values: object) => {
    const tools = (await create(values)).flatMap((group) => group.tools);
    return Object.keys(tools.find(({ name }) => name === "create_secret")?.input.shape ?? {});
  };
  expect(await inputsOf({})).toContain("value");
  expect(await inputsOf({ secretArguments: false })).not.toContain("value");
});
