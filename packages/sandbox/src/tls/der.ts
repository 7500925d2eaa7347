/** One value of ASN.1 in DER: a tag, the length and what is inside. */
export function der(tag: number, ...inside: Uint8Array[]): Buffer {
  const content = Buffer.concat(inside);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content]);
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  return Buffer.from([0x82, length >> 8, length & 0xff]);
}

export const sequence = (...inside: Uint8Array[]) => der(0x30, ...inside);
export const octets = (content: Uint8Array) => der(0x04, content);
export const bits = (content: Uint8Array) => der(0x03, Buffer.from([0]), content);
export const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
export const utf8 = (text: string) => der(0x0c, Buffer.from(text));
export const yes = der(0x01, Buffer.from([0xff]));
/** A time of the years 1950 to 2049. */
export const utcTime = (time: Date) =>
  der(0x17, Buffer.from(`${time.toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`));
/** A whole number above 0; DER allows a leading zero byte only where a sign bit would be read. */
export const integer = (bytes: Uint8Array) => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const least = bytes.subarray(first);
  return der(0x02, Buffer.from((least[0] ?? 0) >= 0x80 ? [0] : []), least);
};
