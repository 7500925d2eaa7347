import { invalidArgument } from "../errors.ts";

const MAX_LENGTH = 30;
const DNS_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
// The alphabet of Kubernetes' generated names: no vowels, so no words.
const LETTERS = "bcdfghjklmnpqrstvwxz2456789";

/** Throws `invalid_argument` with the words of Flyte and Kubernetes for a name that no run may have. */
export function assertRunName(name: string): void {
  if (name.length > MAX_LENGTH)
    throw invalidArgument(`invalid run name "${name}": must be no more than ${MAX_LENGTH} characters`);
  if (!DNS_1035.test(name))
    throw invalidArgument(
      `invalid run name "${name}": a DNS-1035 label must consist of lower case alphanumeric characters or '-', ` +
        "start with an alphabetic character, and end with an alphanumeric character " +
        "(e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
    );
}

/** `r` and 19 random letters and digits. */
export function generateRunName(): string {
  const random = Array.from({ length: 19 }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)]);
  return `r${random.join("")}`;
}
