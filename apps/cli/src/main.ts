#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Node 22.8 and newer keep what they have compiled: the next start is quicker.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();
// `nt forecast | head` closes the pipe before everything is written: that is no failure.
// `nt train 2>&1 | head` closes that of the messages too: the training goes on, as nohup and tee would have it.
// Into a full disk a result cannot be written: that is one.
for (const [path, stream] of Object.entries({ stdout: process.stdout, stderr: process.stderr }))
  stream.on('error', async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    const { reportError } = await import('./report-error.ts');
    process.exit(reportError(Object.assign(error, { path }), process.argv.includes('--debug')));
  });
const { runCommand } = await import('./run-command.ts');
process.exitCode = await runCommand(process.argv.slice(2));
