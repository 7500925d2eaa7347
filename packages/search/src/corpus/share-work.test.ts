import { setTimeout as sleep } from "node:timers/promises";
import { shareWork } from "./share-work.ts";

const never = new AbortController().signal;

function createWork() {
  let begun = 0;
  const ends: ((value: string) => void)[] = [];
  const tells: ((message: string) => void)[] = [];
  const shared = shareWork<string>(({ tell }) => {
    begun++;
    tells.push(tell);
    return new Promise((resolve) => ends.push(resolve));
  });
  return { shared, ends, tells, begun: () => begun };
}

it("is done once for all who ask, and each is told how far it is", async () => {
  const { shared, ends, tells, begun } = createWork();
  const heard: string[] = [];
  const first = shared.join({ signal: never, tell: (message) => heard.push(`first ${message}`) });
  const second = shared.join({ signal: never, tell: (message) => heard.push(`second ${message}`) });
  await sleep(1);
  tells[0]?.("half");
  ends[0]?.("done");
  expect(await Promise.all([first, second])).toEqual(["done", "done"]);
  expect([begun(), shared.latest(), heard]).toEqual([1, "half", ["first half", "second half"]]);
});

it("goes on without the one who began it", async () => {
  const { shared, ends, begun } = createWork();
  const leaving = new AbortController();
  const first = shared.join({ signal: leaving.signal, tell: () => undefined });
  leaving.abort(new Error("left"));
  await expect(first).rejects.toThrow("left");
  const second = shared.join({ signal: never, tell: () => undefined });
  ends[0]?.("done");
  expect([await second, begun()]).toEqual(["done", 1]);
});

it("begins anew after its end", async () => {
  const { shared, ends, begun } = createWork();
  const first = shared.join({ signal: never, tell: () => undefined });
  ends[0]?.("one");
  await first;
  const second = shared.join({ signal: never, tell: () => undefined });
  ends[1]?.("two");
  expect([await second, begun()]).toEqual(["two", 2]);
});

it("may fail after all have left", async () => {
  const leaving = new AbortController();
  const shared = shareWork(() => sleep(5).then(() => Promise.reject(new Error("broken"))));
  const asked = shared.join({ signal: leaving.signal, tell: () => undefined });
  leaving.abort(new Error("left"));
  await expect(asked).rejects.toThrow("left");
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on("unhandledRejection", hear);
  await sleep(20);
  process.off("unhandledRejection", hear);
  expect(unheard).toEqual([]);
});
