import { gzipSync } from "node:zlib";
import { unpackCode } from "./unpack-code.ts";

/** One set of members written by Python's tarfile in two formats: long names, links, a file twice, paths that lead out. */
const ARCHIVES: Record<string, readonly string[]> = {
  pax: [
    "H4sIAAAAAAACA+2ZQWrEIBSGXfcUOUGMRuOq0OUsewUZpTMkzUhMO5lT9QLdzcX60kVpQ2Fo4NmA71tEcSPk53/+T0s+2tjGMlwYGhXQKPU5As",
    "sRUN/m87rRpmZFxRLwEkc7wJYsT06du2NEtoT2iWPvcdv/y3mjJfhfk//RKXnJHx7ttPPW+QFP/190/9JcNgv9RSUF6D+R/ugI0xTBjof7uRA4",
    "78P2Ptf3/vq2PzkPIYXOKoT6jy3i7fqvf/pfGqMbyn8pmBUiU+Xtf/8cxgtiB/jn/Afnv1Tk/yT5r+T+9dj9c/8vlv2/gkhI+idgYkTOcD/ueb",
    "Axnt12/C9gRZL/yf9EivwHGQA1Bqzwv9KU/8j/BDrdsW9Rw/+q/k/UEvK/TBFOMvf/wQ5ue/pXRgpWCPyn6ez1T/GLV7z/q5ruf5PQ+zNd/xIE",
    "QWTIB6JZ8IcAKAAA",
  ],
  gnu: [
    "H4sIAAAAAAACA+2ZT2qEMBjFs+4pPIH5Y0y2PYCXkDFMRRtldDqdU/UC3c3FGrsorRQGC18q5P0WJrgRfLzHy5ecz/XUTfl4ZWSIgNH6cw2s14",
    "D+tl/e27IoWCZYBM7TXJ+yjCXK0DcPDCTL2B059Tfu+3+9N9oE/5fwPzk5z/ljNfhj1fqOUP9fdP/SXGm7zn9rBMsq6B/F/41z4/4et3d/ezsM",
    "jSPtJsh/ev3v53/50//KWmnQ/2KwKIQCmLb/3fM4XwlTdnP/k0IaDf9H6X85dy9t/8/nf7nuf1oJ6B+DV0Rg0nA3H/hYT9Ol2ZP/bangf/gfxO",
    "h/oQOQ1oDN/pdCS/Q/+B+Q07e+ox6wbT//SbXMf1WMcpK4/5/qU7M//YUxkmWS/mo6ef1j/OI/3P8XFvPfKHh3wfgXAAAS5AMaEvCIACgAAA==",
  ],
};

const texts = (files: { path: string; content: Uint8Array }[]) =>
  Object.fromEntries(files.map(({ path, content }) => [path, Buffer.from(content).toString()]));

describe("unpackCode", () => {
  it.each(Object.entries(ARCHIVES))(
    "reads plain files of a %s archive, and nothing that leads out of it",
    async (_format, lines) => {
      const { files, skipped } = await unpackCode(Buffer.from(lines.join(""), "base64"));
      expect(texts(files)).toEqual({
        "tasks.py": "new\n",
        [`pkg/${"deep/".repeat(30)}\u00fcn\u00efcode.py`]: "deep\n",
        "pkg/empty.py": "",
      });
      expect(skipped).toBe(5);
    },
  );

  it("stops a bomb before it takes the memory", async () => {
    const bomb = gzipSync(Buffer.alloc(60 * 2 ** 20));
    expect(bomb.length).toBeLessThan(100_000);
    await expect(unpackCode(bomb)).rejects.toThrow("The code is larger than 50 MiB when unpacked");
  });

  it("stops at too many files", async () => {
    const many = Buffer.from(memberOf("x").repeat(20_001), "latin1");
    await expect(unpackCode(gzipSync(many))).rejects.toThrow("The code has more than 20000 files");
  });

  it.each([
    ["a web page", Buffer.from("<html>".repeat(200))],
    ["half an archive", Buffer.from(memberOf("x", 600), "latin1")],
    ["less than a header", Buffer.from(memberOf("x").slice(0, 300), "latin1")],
    ["a wrong size", Buffer.from(memberOf("x", "zzz"), "latin1")],
  ])("refuses %s", async (_what, bytes) => {
    await expect(unpackCode(bytes)).rejects.toThrow(
      "The code that Flyte gave is no archive of files (tar) that can be read here.",
    );
  });

  it("refuses gzip that is damaged or cut off", async () => {
    const whole = gzipSync(Buffer.from(memberOf("x"), "latin1"));
    await expect(unpackCode(whole.subarray(0, 20))).rejects.toThrow("is damaged: it cannot be unpacked");
  });

  it("finds nothing in nothing", async () => {
    expect(await unpackCode(new Uint8Array())).toEqual({ files: [], skipped: 0 });
  });
});

/** The header of a file with this size, as one character a byte. */
function memberOf(path: string, size: number | string = 0): string {
  const field = typeof size === "string" ? size : size.toString(8);
  const blank = `${path.padEnd(124, "\0")}${field.padEnd(24, "\0")}        0`.padEnd(512, "\0");
  const sum = [...blank].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return `${blank.slice(0, 148)}${sum.toString(8).padStart(6, "0")}\0 ${blank.slice(156)}`;
}
