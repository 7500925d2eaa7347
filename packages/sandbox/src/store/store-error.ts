/** A refusal of the object store: an HTTP status and one of S3's codes. */
export interface StoreError extends Error {
  status: number;
  code: string;
}

export function createStoreError(status: number, code: string, message: string): StoreError {
  return Object.assign(new Error(message), { status, code });
}

export function isStoreError(error: unknown): error is StoreError {
  return error instanceof Error && "status" in error && "code" in error;
}

/** The body of a refusal, as S3 words it. */
export function toXml({ code, message }: StoreError, resource: string): string {
  const fields = { Code: code, Message: message, Resource: resource };
  const elements = Object.entries(fields).map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${elements.join("")}</Error>`;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&'"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
