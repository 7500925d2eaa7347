/** A ustar archive of these files; `claimed` is the size that each head names in place of its own. */
export function makeTar(files: Readonly<Record<string, string>>, claimed?: number): Buffer {
  const blocks = Object.entries(files).flatMap(([path, content]) => {
    const size = Buffer.byteLength(content);
    const header = Buffer.alloc(512);
    header.write(path, 0);
    header.write((claimed ?? size).toString(8).padStart(11, "0"), 124);
    header.write("0", 156);
    header.write("ustar", 257);
    header.write(" ".repeat(8), 148);
    header.write(`${sumOf(header).toString(8).padStart(6, "0")}\0 `, 148);
    const body = Buffer.alloc(Math.ceil(size / 512) * 512);
    body.write(content);
    return [header, body];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function sumOf(header: Buffer): number {
  return header.reduce((sum, byte) => sum + byte, 0);
}
