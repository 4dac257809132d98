#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Node 22.8 and newer keep what they have compiled: the next start is quicker.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();
// `nt forecast | head` closes the pipe before everything is written: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
const { runCommand } = await import('./run-command.ts');
process.exitCode = await runCommand(process.argv.slice(2));
