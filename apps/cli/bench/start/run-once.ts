import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What one process took; seconds. */
export interface Usage {
  readonly wall: number;
  /** Of all its threads. */
  readonly cpu: number;
  readonly megabytes: number;
}

/** Runs a program with Node in a folder. @throws Error with the end of what it said when it fails */
export function runNode(folder: string, words: readonly string[]): Usage {
  const usage = path.join(folder, 'usage.json');
  const watch = path.join(import.meta.dirname, 'write-usage.mjs');
  const wall = seconds(() => run(process.execPath, ['--import', watch, ...words], folder, { NT_USAGE: usage }));
  return { wall, ...(JSON.parse(readFileSync(usage, 'utf8')) as Omit<Usage, 'wall'>) };
}

/** Runs statements with Python. */
export function runPython(python: string, folder: string, statements: string): Usage {
  const told =
    'import resource as r; u = r.getrusage(r.RUSAGE_SELF); print(u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)';
  let output = '';
  const wall = seconds(() => {
    output = run(python, ['-c', `${statements}; ${told}`], folder, {});
  });
  const [cpu, megabytes] = output.trim().split('\n').at(-1)!.split(' ').map(Number);
  return { wall, cpu: cpu!, megabytes: megabytes! };
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function run(file: string, words: readonly string[], cwd: string, env: Readonly<Record<string, string>>): string {
  const { status, stdout, stderr } = spawnSync(file, words, { cwd, encoding: 'utf8', env: { ...process.env, ...env } });
  if (status === 0) return stdout;
  throw new Error(`${path.basename(file)} ${words.slice(-6).join(' ')} ended with ${status}: ${stderr.slice(-300)}`);
}
