import { createSlots } from "./slots.ts";

describe("createSlots", () => {
  it("runs so many at once, the others in turn, and refuses what is too much", async () => {
    const run = createSlots({ running: 1, waiting: 1 });
    const order: string[] = [];
    let finish = () => {};
    const first = run(() => new Promise<void>((resolve) => (finish = resolve)));
    const second = run(async () => void order.push("second"));
    await expect(run(async () => void order.push("third"))).rejects.toThrow("Too many searches are waiting.");
    expect(order).toEqual([]);
    finish();
    await Promise.all([first, second]);
    expect(order).toEqual(["second"]);
    await run(async () => void order.push("fourth"));
    expect(order).toEqual(["second", "fourth"]);
  });

  it("frees its place when a work fails", async () => {
    const run = createSlots({ running: 1, waiting: 0 });
    await expect(run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await run(() => Promise.resolve(1))).toBe(1);
  });
});
