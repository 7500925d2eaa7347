const DECLARATION = /^const (\w+Schema) = ([\s\S]*?);\n(?=[^\s}])/gm;
// Fewer would mean that the SDK is written otherwise now.
const LEAST = 150;

/** Has each schema of the SDK's types made when it is first used: there are some hundred and eighty, and a session sends messages of ten. */
export function makeSchemasLazy(code) {
  const names = new Set([...code.matchAll(DECLARATION)].map(([, name]) => name));
  if (names.size < LEAST) throw new Error(`only ${names.size} schemas are found in the SDK's types`);
  const use = (text) =>
    text.replace(/(?<!get |[\w$"']|(?<!\.\.)\.)(\w+Schema)\b(?!\s*[:(])/g, (name) =>
      names.has(name) ? `$${name}()` : name,
    );
  // Each once, since some are compared.
  const once = "const $once = (make) => { let made; return () => (made ??= make()); };\n";
  const lazy = code.replace(DECLARATION, (_all, name, made) => `const $${name} = $once(() => ${made});\n`);
  return once + use(lazy);
}
