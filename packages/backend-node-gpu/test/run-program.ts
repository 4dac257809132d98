import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** How a program ended. */
export interface ProgramEnd {
  /** What it printed: its last line, a JSON value; libraries print above it. */
  readonly result: unknown;
  readonly stderr: string;
}

/**
 * Runs `test/programs/<name>.ts` in a Node of its own: a process can load TensorFlow only once, and fail to load it only
 * once.
 */
export async function runProgram(name: string, ...parameters: readonly string[]): Promise<ProgramEnd> {
  // pnpm's commands set NODE_PATH, through which a package would find what it did not install.
  const { NODE_PATH: _, ...inherited } = process.env;
  const program = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@nt/source', `test/programs/${name}.ts`, ...parameters],
    {
      cwd: folder,
      env: { ...inherited, TF_CPP_MIN_LOG_LEVEL: '2' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 480_000,
    },
  );
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
