import { cutText, readMessage } from "./clean-log-text.ts";

const shown = (message: string) => readMessage(message).texts;

describe("readMessage", () => {
  it.each([
    ["plain", ["plain"]],
    ["with a feed\n", ["with a feed"]],
    ["of Windows\r\n", ["of Windows"]],
    ["one\ntwo\r\n\nfour\n", ["one", "two", "", "four"]],
    ["", [""]],
    ["\t\u001b[1;32mgreen\u001b[0m \u009b31mred\u001b[K", ["\tgreen red"]],
    ["\u001b]0;title\u0007text \u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", ["text link"]],
    ["\u001b(B\u001b=\u001bMold", ["old"]],
    ["nothing \u001b]0;is hidden by an open escape", ["nothing 0;is hidden by an open escape"]],
    ["a\u0000b\u0008c\u007fd\u0085e", ["abcde"]],
    ["\u202eright\u2066to left\u{e0041}\u200b", ["rightto left"]],
    ["wide \u{1f600} stays", ["wide \u{1f600} stays"]],
  ])("shows %j as a terminal does", (message, texts) => {
    expect(shown(message)).toEqual(texts);
  });

  it("keeps what a progress bar wrote last, and says when the next message writes over it", () => {
    expect(readMessage("\r10%\r20%\r\n")).toEqual({ texts: ["20%"], isOverwritten: false });
    expect(readMessage("10%\r20%\r")).toEqual({ texts: ["20%"], isOverwritten: true });
  });

  it.each([["\r"], ["\u001b["], ["\u001b]"], ["\u001b[0"], ["\n\r"]])(
    "reads a megabyte of %j at once",
    (text) => {
      const began = performance.now();
      readMessage(text.repeat(1_000_000 / text.length));
      expect(performance.now() - began).toBeLessThan(1_000);
    },
  );
});

it("cuts a long line, says so, and leaves no half character", () => {
  expect(cutText("x".repeat(1_000))).toBe("x".repeat(1_000));
  expect(cutText(`${"x".repeat(999)}\u{1f600}y`)).toBe(`${"x".repeat(999)}… [cut]`);
});
