#!/usr/bin/env node
import { createProgram } from './create-program.ts';
import { reportError } from './report-error.ts';

/** The `nt` command. Exit codes: 0 done, 1 it failed, 2 it was called wrongly, 130 interrupted (and resumable). */
try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = reportError(error, process.argv.includes('--debug'));
}
