// A tool that does nothing, for bench/http.mjs: what it costs is the server's own work.
import { z } from "zod";

const nothing = {
  name: "do_nothing",
  title: "Do nothing",
  description: "Answers at once.",
  effect: "read",
  input: z.object({ text: z.string() }),
  output: z.object({ text: z.string() }),
  run: async ({ text }) => ({ text }),
};

export default { name: "trivial", description: "One tool that does nothing.", tools: [nothing] };
