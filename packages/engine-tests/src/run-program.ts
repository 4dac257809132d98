import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a program is given. */
export interface ProgramOptions {
  readonly parameters?: readonly string[];
  /** On top of this process's; `undefined` takes a variable away. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Runs a TypeScript file in a Node of its own: engines can often be loaded, or fail to load, only once in a process, and
 * one that does not let its process exit is a failure that only a process can show.
 *
 * @returns the JSON value in the last line that it printed; libraries print above it
 */
export async function runProgram(file: URL, options: ProgramOptions = {}): Promise<unknown> {
  const { parameters = [], environment = {} } = options;
  const path = fileURLToPath(file);
  const program = spawn(process.execPath, ['--import', 'tsx', '--conditions=@nt/source', path, ...parameters], {
    cwd: dirname(path),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 480_000,
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    program[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  const status = await new Promise<number | string>((resolve, reject) => {
    program.on('error', reject);
    program.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  if (status !== 0) throw new Error(`${path} ended with ${status}:\n${output.stderr}\n${output.stdout}`);
  return JSON.parse(output.stdout.trimEnd().split('\n').at(-1)!);
}
