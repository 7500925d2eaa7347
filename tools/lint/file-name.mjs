import { basename } from "node:path";

const BANNED = new Set(["utils", "helpers", "common", "types", "manager", "service", "base"]);
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** ESLint rule: file names are kebab-case and say what is inside. */
export const fileName = {
  meta: {
    type: "suggestion",
    schema: [],
    messages: {
      banned: "'{{ name }}' says nothing of what is inside: name the file after what it holds.",
      kebab: "'{{ name }}' is not kebab-case.",
    },
  },
  create: (context) => ({
    Program(node) {
      const parts = basename(context.filename).split(".");
      for (const name of parts.slice(0, -1)) {
        if (BANNED.has(name)) context.report({ node, messageId: "banned", data: { name } });
        else if (!KEBAB_CASE.test(name)) context.report({ node, messageId: "kebab", data: { name } });
      }
    },
  }),
};
