import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from './run-node.ts';

/** What a program is given. */
export interface ProgramOptions {
  readonly parameters?: readonly string[];
  /** On top of this process's; `undefined` takes a variable away. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Runs a TypeScript file in a Node of its own. @returns the JSON value in the last line that it printed */
export function runProgram(file: URL, { parameters = [], environment }: ProgramOptions = {}): Promise<unknown> {
  const path = fileURLToPath(file);
  const loader = ['--import', 'tsx', '--conditions=@nt/source'];
  return runNode({ parameters: [...loader, path, ...parameters], cwd: dirname(path), environment });
}
