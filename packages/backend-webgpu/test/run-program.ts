import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vulkanDriver } from './needs.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** How a program ended. */
export interface ProgramEnd {
  /** What it printed: its last line, a JSON value; libraries print above it. */
  readonly result: unknown;
  readonly stderr: string;
}

/**
 * Runs `test/programs/<name>.ts` in a Node of its own: Dawn wants its shims before anything of tfjs is imported, and a
 * process that does not exit on its own is a failure that only a process can show.
 */
export async function runProgram(name: string, environment: NodeJS.ProcessEnv = {}): Promise<ProgramEnd> {
  const program = spawn(process.execPath, ['--import', 'tsx', '--conditions=@nt/source', `test/programs/${name}.ts`], {
    cwd: folder,
    env: { ...process.env, VK_DRIVER_FILES: vulkanDriver, ...environment },
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
  if (status !== 0) throw new Error(`${name} ended with ${status}:\n${output.stderr}\n${output.stdout}`);
  return { result: JSON.parse(output.stdout.trimEnd().split('\n').at(-1)!), stderr: output.stderr };
}
