import { spawn } from 'node:child_process';

/** A run of Node. */
export interface NodeRun {
  readonly parameters: readonly string[];
  readonly cwd: string;
  /** On top of this process's; `undefined` takes a variable away. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** The binary; default this process's. */
  readonly node?: string | undefined;
  /** Milliseconds; default 480,000. */
  readonly timeout?: number | undefined;
}

/**
 * Runs a Node of its own: engines can often be loaded, or fail to load, only once in a process, and one that does not let
 * its process exit is a failure that only a process can show.
 *
 * @returns the JSON value in the last line that it printed; libraries print above it
 */
export async function runNode(run: NodeRun): Promise<unknown> {
  const { parameters, cwd, environment = {}, node = process.execPath, timeout = 480_000 } = run;
  const program = spawn(node, parameters, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout,
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
  if (status !== 0)
    throw new Error(`node ${parameters.join(' ')} ended with ${status}:\n${output.stderr}\n${output.stdout}`);
  return JSON.parse(output.stdout.trimEnd().split('\n').at(-1)!);
}
