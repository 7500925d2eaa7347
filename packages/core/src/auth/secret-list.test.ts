import { createSecretList } from "./secret-list.ts";

describe("the list of secrets", () => {
  it("grows in place, with the forms in which a secret may come back", () => {
    const { list, keep } = createSecretList(["first"]);
    keep("pass word");
    expect(list).toEqual(["first", "pass word", "pass%20word", "cGFzcyB3b3Jk"]);
  });

  it("leaves out what may be any word", () => {
    const { list, keep, note } = createSecretList();
    keep("secret");
    note("s3cr3t");
    expect(list).toEqual([]);
  });

  it("forgets the oldest of those that pass, not one that was seen again nor one that stays", () => {
    const { list, keep, note } = createSecretList();
    keep("stays-for-good");
    note("token-00");
    note("token-01");
    for (let count = 2; count < 30; count++) note(`token-${String(count).padStart(2, "0")}`);
    note("token-00");
    note("token-30");
    expect(list.filter((secret) => /-/.test(secret) && secret < "token-03")).toEqual([
      "stays-for-good",
      "token-00",
      "token-02",
    ]);
  });
});
