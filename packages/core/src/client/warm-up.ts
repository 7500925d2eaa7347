/** Loads what the first call of most tools needs: the messages of runs, and what reads and writes messages. */
export async function warmUp(): Promise<void> {
  const { RunService } = await import("@flyte-mcp/idl/workflow/run_service");
  // In a bundle, a module is evaluated when something of it is used.
  void RunService.methods;
}
