/** Texts that no answer, error or log may show, as they come to be known. */
export interface SecretList {
  /** Grows and shrinks; whoever reads it reads what is known now. */
  list: readonly string[];
  /** Hides a secret for good. */
  keep(secret: string): void;
  /** Hides a secret that serves for a while, such as a token or a code, until 30 newer ones are known. */
  note(secret: string): void;
}

// A password below 8 characters may be any word; hiding it would garble answers more than it protects.
const SHORTEST = 8;
const MOST_PASSING = 30;

export function createSecretList(first: readonly string[] = []): SecretList {
  const list = [...first];
  const passing = new Map<string, string[]>();
  const add = (secret: string) => {
    const forms = secret.length < SHORTEST ? [] : formsOf(secret).filter((form) => !list.includes(form));
    list.push(...forms);
    return forms;
  };
  return {
    list,
    keep: (secret) => void add(secret),
    note(secret) {
      const forms = passing.get(secret) ?? add(secret);
      if (forms.length === 0) return;
      passing.delete(secret);
      passing.set(secret, forms);
      const [oldest] = passing;
      if (passing.size <= MOST_PASSING || !oldest) return;
      passing.delete(oldest[0]);
      oldest[1].forEach((form) => list.splice(list.indexOf(form), 1));
    },
  };
}

/** As it is, in a URL, encoded. */
function formsOf(secret: string): string[] {
  return [...new Set([secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")])];
}
