import { raw } from "./html.ts";

// Three runs that set out from one task.
const drawing = (colour: string) =>
  `<g fill="none" stroke="${colour}" stroke-width="3" stroke-linecap="round"><path d="M9 20h8c6 0 5-10 12-10"/><path d="M17 20h12"/><path d="M17 20c6 0 5 10 12 10"/></g><g fill="${colour}"><circle cx="8" cy="20" r="5"/><circle cx="31" cy="10" r="3.5"/><circle cx="31" cy="20" r="3.5"/><circle cx="31" cy="30" r="3.5"/></g>`;

/** The mark beside the title. */
export const pageMark = raw(
  `<svg viewBox="0 0 40 40" aria-hidden="true" focusable="false">${drawing("currentColor")}</svg>`,
);

/** The same for the browser's tab, as an address that needs no request. */
export const pageIcon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">${drawing("#7a3ff2")}</svg>`,
)}`;
