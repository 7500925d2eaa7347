export type Tell = (text: string) => void;

/** On stderr, since stdout may belong to a protocol. */
export const tellOnStderr: Tell = (text) => void process.stderr.write(`flyte-mcp: ${text}\n`);
