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

  it("reads on where a policy hid rows, and loses none", async () => {
    const { requests, readPage } = playPages(100, (row) => row % 4 === 0);
    const { rows, nextToken } = await listRows(3, "", readPage);
    expect(rows).toEqual([0, 4, 8]);
    expect(nextToken).toBe("9");
    expect(requests.map(({ limit, token }) => `${token || 0}+${limit}`)).toEqual([
      "0+3",
      "3+2",
      "5+1",
      "6+1",
      "7+1",
      "8+1",
    ]);
  });

  it("stops after 20 pages with a token to go on, when everything is hidden", async () => {
    const { requests, readPage } = playPages(1_000_000, () => false);
    expect(await listRows(500, "", readPage)).toEqual({ rows: [], nextToken: "2000" });
    expect(requests).toHaveLength(20);
  });

  it("passes an error on", async () => {
    await expect(listRows(1, "", () => Promise.reject(new Error("down")))).rejects.toThrow("down");
  });
});
