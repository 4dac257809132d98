import type { Command } from 'commander';
import type { Outcome } from '../outcome.ts';
import type { Verbs } from '../verbs.ts';

interface McpFlags {
  readonly allowDir: readonly string[];
}

/** `nt mcp` */
export function defineMcp(command: Command, outcome: Outcome, verbs: Verbs): void {
  command
    .requiredOption(
      '--allow-dir <folder>',
      'a folder in which agents may read and write; may be given several times, the first is where relative paths begin',
      (folder: string, before: readonly string[] = []) => [...before, folder],
    )
    .option('--debug', 'print stack traces')
    .helpOption('-h, --help', 'print this')
    .action(async ({ allowDir }: McpFlags) => {
      const { serveMcp } = await import('../mcp/serve-mcp.ts');
      outcome.exitCode = await serveMcp(allowDir, verbs);
    })
    .addHelpText(
      'after',
      `
Speaks the Model Context Protocol on stdin and stdout, as clients of agents
start it; it ends when stdin does. Everything outside the folders is refused,
links that lead out of them too. Answers hold summaries and paths, never rows.

Example, as clients are configured:
  { "mcpServers": { "nt": { "command": "nt",
    "args": ["mcp", "--allow-dir", "/home/ann/prices"] } } }`,
    );
}
