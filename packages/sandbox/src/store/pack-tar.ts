const BLOCK = 512;

/** A tar archive (ustar) of small files, paths to texts; paths are at most 100 bytes long. */
export function packTar(files: Record<string, string>): Uint8Array {
  const members = Object.entries(files).flatMap(([path, text]) => {
    const content = Buffer.from(text);
    return [header(path, content.length), content, Buffer.alloc(-content.length & (BLOCK - 1))];
  });
  return new Uint8Array(Buffer.concat([...members, Buffer.alloc(2 * BLOCK)]));
}

function header(path: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(path, 0, 100);
  block.write("0000644\0", 100);
  block.write(`${octal(size, 11)}\0`, 124);
  block.write(`${octal(0, 11)}\0`, 136);
  // The sum is taken as if its own field were blank.
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\u000000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}
