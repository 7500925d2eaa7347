/** Whether a path is below or like a filter: a folder, a part of the path, or a pattern with `*` for any characters. */
export function matchesGlob(path: string, filter: string): boolean {
  const [text, wanted] = [path.toLowerCase(), filter.toLowerCase().replace(/^\.?\//, "")];
  return wanted.includes("*") ? matchesWild(text, wanted) : text.includes(wanted);
}

/** Greedy with one place to come back to, so that no pattern takes more than the product of both lengths. */
function matchesWild(text: string, pattern: string): boolean {
  let [at, place, star, from] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[place] === "*") {
      star = place++;
      from = at;
    } else if (pattern[place] === text[at]) {
      place++;
      at++;
    } else if (star !== -1) {
      place = star + 1;
      at = ++from;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(place));
}
