import { listRows } from "./list-rows.ts";

interface Request {
  limit: number;
  token: string;
}

/** Pages of numbers, as many as asked for, whose token is the next number. */
function playPages(last: number, isShown: (row: number) => boolean = () => true) {
  const requests: Request[] = [];
  const readPage = (request: Request) => {
    requests.push(request);
    const from = Number(request.token || "0");
    const to = Math.min(from + request.limit, last);
    const rows = Array.from({ length: to - from }, (_, index) => from + index).filter(isShown);
    return Promise.resolve({ rows, token: to < last ? String(to) : "" });
  };
  return { requests, readPage };
}

describe("listRows", () => {
  it("asks once for what fits a page", async () => {
    const { requests, readPage } = playPages(10);
    expect(await listRows(3, "", readPage)).toEqual({ rows: [0, 1, 2], nextToken: "3" });
    expect(requests).toEqual([{ limit: 3, token: "" }]);
  });

  it("goes on at a token, and gives none at the end", async () => {
    const { readPage } = playPages(5);
    expect(await listRows(3, "3", readPage)).toEqual({ rows: [3, 4] });
  });

  it("asks for no more than 100 rows a page", async () => {
    const { requests, readPage } = playPages(1000);
    const { rows, nextToken } = await listRows(250, "", readPage);
    expect([rows.length, rows.at(-1), nextToken]).toEqual([250, 249, "250"]);
    expect(requests.map(({ limit }) => limit)).toEqual([100, 100, 50]);
  });

  it("reads on in full pages where a policy hid rows, and loses and repeats none", async () => {
    const { requests, readPage } = playPages(300, (row) => row % 4 === 0);
    const first = await listRows(3, "", readPage);
    expect(first).toEqual({ rows: [0, 4, 8], nextToken: "3~2" });
    expect(requests).toEqual([
      { limit: 3, token: "" },
      { limit: 100, token: "3" },
    ]);
    const second = await listRows(30, "3~2", readPage);
    expect(second.rows).toEqual(Array.from({ length: 30 }, (_, index) => 12 + 4 * index));
    expect(await listRows(500, second.nextToken ?? "", readPage)).toEqual({
      rows: Array.from({ length: 42 }, (_, index) => 132 + 4 * index),
    });
  });

  it("finds rows behind pages of which every row is hidden", async () => {
    const { readPage } = playPages(400, (row) => row >= 300);
    expect((await listRows(2, "", readPage)).rows).toEqual([300, 301]);
  });

  it("stops after 20 pages with a token to go on and a word on it, when everything is hidden", async () => {
    const { requests, readPage } = playPages(1_000_000, () => false);
    expect(await listRows(500, "", readPage)).toEqual({
      rows: [],
      nextToken: "2000",
      note: "Of 2000 rows looked through, 0 match and may be shown; call again with next_token to look further.",
    });
    expect(requests).toHaveLength(20);
  });

  it("has no such word where the last page that it may read fills the list", async () => {
    const { readPage } = playPages(10_000, (row) => row === 0 || row === 1_850);
    const { rows, note } = await listRows(2, "", readPage);
    expect([rows, note]).toEqual([[0, 1_850], undefined]);
  });

  it("passes an error on", async () => {
    await expect(listRows(1, "", () => Promise.reject(new Error("down")))).rejects.toThrow("down");
  });
});
