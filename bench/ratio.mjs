import { appendFileSync } from "node:fs";

/** Notes a figure beside what it is measured against in the same run, for the table of `npm run bench`; two of the same unit. */
export function noteRatio(what, figure, beside, unit, besideWhat) {
  const file = process.env.BENCH_RATIOS;
  if (file) appendFileSync(file, `${JSON.stringify({ what, figure, beside, unit, besideWhat })}\n`);
}
