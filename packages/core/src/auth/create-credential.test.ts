import { setTimeout as sleep } from "node:timers/promises";
import { createCredential } from "./create-credential.ts";
import type { TokenSource } from "./create-credential.ts";
import { asksForLogin } from "./credential.ts";

const open = (source: TokenSource, patienceMs = 50) =>
  createCredential({
    source,
    patienceMs,
    refuses: asksForLogin,
    headersOf: ({ value }) => ({ authorization: `Bearer ${value}` }),
  });

/** A source of tokens t1, t2, ... that live for so long. */
function countTokens(lifeMs = 60_000) {
  let count = 0;
  return {
    count: () => count,
    obtain: async () => {
      const value = `t${++count}`;
      await sleep(10);
      return { value, staleAt: Date.now() + lifeMs };
    },
  };
}

describe("a credential", () => {
  it("is obtained once for all that ask at the same time", async () => {
    const source = countTokens();
    const credential = open(source);
    const signatures = await Promise.all(Array.from({ length: 100 }, () => credential.sign(undefined)));
    expect(new Set(signatures.map(({ token }) => token))).toEqual(new Set(["t1"]));
    expect(source.count()).toBe(1);
  });

  it("is renewed once for all whose token was refused, at once or later", async () => {
    const source = countTokens();
    const credential = open(source);
    const refused = await credential.sign(undefined);
    const renewed = await Promise.all(Array.from({ length: 20 }, () => credential.renew(refused, undefined)));
    expect(renewed.map((signature) => signature?.token)).toEqual(Array(20).fill("t2"));
    expect((await credential.renew(refused, undefined))?.token).toBe("t2");
    expect(source.count()).toBe(2);
  });

  it("is obtained again when it is out of date", async () => {
    const source = countTokens(0);
    const credential = open(source);
    await credential.sign(undefined);
    expect((await credential.sign(undefined)).token).toBe("t2");
  });

  it("is not renewed by the same token", async () => {
    const credential = open({ obtain: () => Promise.resolve({ value: "t", staleAt: Infinity }) });
    expect(await credential.renew(await credential.sign(undefined), undefined)).toBeUndefined();
  });

  it("is asked for again after a failure", async () => {
    let isUp = false;
    const source = { obtain: () => (isUp ? countTokens().obtain() : Promise.reject(new Error("down"))) };
    const credential = open(source);
    await expect(credential.sign(undefined)).rejects.toThrow("down");
    isUp = true;
    expect((await credential.sign(undefined)).token).toBe("t1");
  });

  it("goes on for others when one caller leaves", async () => {
    const source = countTokens();
    const credential = open(source);
    const leaving = new AbortController();
    const [left, stayed] = [credential.sign(leaving.signal), credential.sign(undefined)];
    leaving.abort();
    await expect(left).rejects.toThrow("the call has ended");
    expect((await stayed).token).toBe("t1");
    expect(source.count()).toBe(1);
  });
});

describe("a credential that a person gives", () => {
  /** A person who logs in, or does not, when told to. */
  function play() {
    let decide: (value: string | undefined) => void = () => undefined;
    let count = 0;
    const source: TokenSource = {
      restore: () => Promise.resolve(undefined),
      async obtain(_last, ask) {
        count++;
        ask("open the door.");
        const value = await new Promise<string | undefined>((resolve) => (decide = resolve));
        if (value === undefined) throw new Error("refused");
        return { value, staleAt: Infinity, isPersonal: true };
      },
    };
    return { credential: open(source), count: () => count, decide: (value?: string) => decide(value) };
  }

  it("is not asked for before the plane asks, and no call waits for it for ever", async () => {
    const { credential, decide } = play();
    const nobody = await credential.sign(undefined);
    expect(nobody).toEqual({ token: undefined, headers: {} });
    await expect(credential.renew(nobody, undefined)).rejects.toThrow(
      "Flyte asks for a login: open the door.",
    );
    decide("t");
    expect((await credential.renew(nobody, undefined))?.token).toBe("t");
  });

  it("tells the next call of a refusal that none was there to hear, before it asks again", async () => {
    const { credential, count, decide } = play();
    const nobody = await credential.sign(undefined);
    await expect(credential.renew(nobody, undefined)).rejects.toThrow("Flyte asks for a login");
    decide();
    await sleep(1);
    await expect(credential.renew(nobody, undefined)).rejects.toThrow("refused");
    expect(count()).toBe(1);
    await expect(credential.renew(nobody, undefined)).rejects.toThrow("Flyte asks for a login");
    expect(count()).toBe(2);
  });

  it("is not asked for again and again when the plane does not take what came of it", async () => {
    const { credential, count, decide } = play();
    const renewing = credential.renew(await credential.sign(undefined), undefined);
    await sleep(1);
    decide("t");
    const signature = (await renewing)!;
    expect(await credential.renew(signature, undefined)).toBeUndefined();
    expect(count()).toBe(1);
  });
});
