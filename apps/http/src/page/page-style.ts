/** How the page looks, by day and by night, on a desk and on a phone. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #f7f6f9; --card: #ffffff; --ink: #1d1a26; --soft: #5f5a6d; --line: #e2dfe9;
  --sunk: #f3f1f7; --accent: #6527d6; --on-accent: #ffffff; --tint: #efe8fd;
  --write: #8a5300; --write-tint: #fdf0d8; --harm: #b3261e; --harm-tint: #fce8e6;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14121a; --card: #1c1924; --ink: #ece9f2; --soft: #a7a1b6; --line: #312c3d;
    --sunk: #15131c; --accent: #b794ff; --on-accent: #1b1030; --tint: #2c2144;
    --write: #f0bd6b; --write-tint: #392a12; --harm: #ff9d94; --harm-tint: #421c1a;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
header, main, footer { max-width: 66rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 3.5rem; }
footer { padding-bottom: 3rem; color: var(--soft); font-size: .875rem; }
h1, h2, h3, p, ul, dl, dd, pre { margin: 0; }
ul { padding: 0; list-style: none; }
h1 { font-size: clamp(1.75rem, 5vw, 2.25rem); line-height: 1.2; letter-spacing: -.02em; overflow-wrap: anywhere; }
h2 { font-size: 1.375rem; line-height: 1.3; letter-spacing: -.01em; margin-bottom: .375rem; }
h3 { font-size: 1rem; }
main > section { margin: 3.5rem 0; }
section > p { color: var(--soft); max-width: 46rem; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: .875em; }
code { overflow-wrap: anywhere; }
pre code { font-size: inherit; }
a { color: inherit; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: .375rem; }
.brand { display: flex; align-items: center; gap: .875rem; }
.brand svg { flex: none; width: 2.5rem; height: 2.5rem; color: var(--accent); }
.version { padding: 0 .625rem; border: 1px solid var(--line); border-radius: 1rem; background: var(--card); color: var(--soft); font-size: .8125rem; line-height: 1.7; white-space: nowrap; }
.lede { margin-top: .75rem; color: var(--soft); font-size: 1.0625rem; max-width: 42rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .875rem; }
.count { color: var(--soft); font-weight: 400; font-size: .875em; font-variant-numeric: tabular-nums; }
main > .endpoint { margin: 2rem 0; padding: 1.25rem 1.5rem 1.5rem; }
.endpoint h2 { font-size: .875rem; font-weight: 600; letter-spacing: 0; margin-bottom: .625rem; color: var(--soft); }
.endpoint pre { font-size: 1rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1.5rem 2.5rem; }
.facts dt { margin-bottom: .125rem; font-size: .875rem; font-weight: 600; color: var(--soft); }
.facts dd { font-size: .9375rem; line-height: 1.5; overflow-wrap: anywhere; }
.copyable { display: flex; align-items: flex-start; gap: .5rem; background: var(--sunk); border: 1px solid var(--line); border-radius: .625rem; padding: .5rem .5rem .5rem 1rem; }
.copyable pre { flex: 1; min-width: 0; padding: .3125rem 0; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.55; }
button {
  flex: none; min-width: 5.25rem; min-height: 2.25rem; padding: .25rem .875rem; border: 1px solid var(--line); border-radius: .4375rem;
  background: var(--card); color: var(--ink); font: inherit; font-size: .875rem; font-weight: 600; cursor: pointer;
}
button:hover { border-color: var(--accent); color: var(--accent); }
.endpoint button { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.endpoint button:hover { filter: brightness(1.08); color: var(--on-accent); }
.clients { margin-top: 1.25rem; overflow: hidden; }
details + details { border-top: 1px solid var(--line); }
summary { display: flex; align-items: center; gap: .75rem; padding: .875rem 1.5rem; font-weight: 600; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; width: .4375rem; height: .4375rem; border: solid var(--soft); border-width: 0 2px 2px 0; transform: rotate(-45deg); }
details[open] > summary::before { transform: rotate(45deg); }
summary:hover { color: var(--accent); }
summary:focus-visible { outline-offset: -3px; border-radius: .875rem; }
.steps { display: grid; gap: .625rem; padding: 0 1.5rem 1.5rem 2.6875rem; }
.steps p { font-size: .9375rem; }
.steps .then { color: var(--soft); }
.chips { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .875rem; }
.chips a { display: block; padding: .25rem .75rem; border: 1px solid var(--line); border-radius: 2rem; background: var(--card); text-decoration: none; font-size: .875rem; line-height: 1.7; }
.chips a:hover { border-color: var(--accent); color: var(--accent); }
.group { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: 1rem 2rem; margin-top: 2rem; }
.group .about { padding-top: .9375rem; scroll-margin-top: 1rem; }
.group .about p { color: var(--soft); font-size: .9375rem; line-height: 1.5; }
h3 { scroll-margin-top: 1.5rem; }
.tools li { padding: .875rem 1.5rem; }
.tools li + li { border-top: 1px solid var(--line); }
.tools li > p + p { color: var(--soft); font-size: .9375rem; line-height: 1.5; }
.tools li > p:first-child { display: flex; flex-wrap: wrap; align-items: baseline; gap: .125rem .75rem; }
.tools .name { font-weight: 600; }
.tools .title { color: var(--soft); font-size: .875rem; }
.effect { margin-left: auto; padding: 0 .5625rem; border-radius: 1rem; background: var(--sunk); color: var(--soft); font-size: .8125rem; line-height: 1.6; }
.effect.write { background: var(--write-tint); color: var(--write); }
.effect.destructive { background: var(--harm-tint); color: var(--harm); }
main > section > .tools { margin-top: 1.25rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 46rem) {
  header, main, footer { padding-left: 1rem; padding-right: 1rem; }
  header { padding-top: 2rem; }
  main > section { margin: 2.75rem 0; }
  .group { grid-template-columns: minmax(0, 1fr); gap: .625rem; }
  .group .about { padding-top: 0; }
  main > .endpoint { margin: 2rem 0; padding: 1rem; }
  .tools li, summary { padding-left: 1rem; padding-right: 1rem; }
  .steps { padding: 0 1rem 1rem; }
}
@media (max-width: 30rem) {
  .copyable { flex-direction: column; padding: .625rem; }
  .copyable pre { width: 100%; padding: .125rem .25rem; }
  .copyable button { width: 100%; min-height: 2.75rem; }
}
@media print { button { display: none; } .card { border-color: #999; } }
`;
