import { redact } from "@flyte-mcp/core";

/** Stands for a value that is not shown. */
export const MASK = "***";

const SECRET_LIKE =
  /secret|token|passw|pwd|credential|api_?-?key|(^|[_-])keys?([_-]|$)|(^|[_-])auth([_-]|$)|(^|[_-])dsn([_-]|$)|connection_?-?string/i;

/** Whether a name tells that its value is a secret. */
export function isSecretLike(name: string): boolean {
  return SECRET_LIKE.test(name);
}

/** Environment values by name: all masked, or only those that look like secrets when the rest is asked for. */
export function maskEnv(env: Iterable<readonly [string, string]>, shown: boolean): Record<string, string> {
  const entries = [...env].map(([name, value]) => [name, maskValue(name, value, shown)] as const);
  return Object.fromEntries(entries);
}

function maskValue(name: string, value: string, shown: boolean): string {
  return shown && !isSecretLike(name) ? redact(value) : MASK;
}

/** A command line without the values of options that look like secrets: `--token=x`, `--token x`, `TOKEN=x`. */
export function maskWords(words: readonly string[]): string[] {
  return words.map((word, index) => {
    const [, option = "", value] = /^(-{0,2}[\w.-]+)=(.*)$/s.exec(word) ?? [];
    if (value !== undefined && isSecretLike(option)) return `${option}=${MASK}`;
    const before = words[index - 1] ?? "";
    const isValue = /^--?[\w.-]+$/.test(before) && isSecretLike(before) && !word.startsWith("-");
    return isValue ? MASK : redact(word);
  });
}
