const REPEATED = ["--env", "--secret"];

/** A command line taken apart at `--`: what is for deploying, and what is for the server in the app. */
export function splitArguments(argv: readonly string[]): { own: string[]; server: string[] } {
  const cut = argv.indexOf("--");
  const own = cut === -1 ? [...argv] : argv.slice(0, cut);
  return { own: REPEATED.reduce(joinRepeated, own), server: cut === -1 ? [] : argv.slice(cut + 1) };
}

/** All values of an option as one JSON array, since commas are part of a value. */
function joinRepeated(argv: readonly string[], option: string): string[] {
  const values: string[] = [];
  const rest: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const arg = argv[index] ?? "";
    const next = argv[index + 1];
    if (arg.startsWith(`${option}=`)) values.push(arg.slice(option.length + 1));
    else if (arg === option && next !== undefined && !next.startsWith("--")) {
      values.push(next);
      index++;
    } else rest.push(arg);
  }
  return values.length === 0 ? rest : [...rest, `${option}=${JSON.stringify(values)}`];
}
