import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Violation, Workspace } from './workspace.ts';

/**
 * The examples that run in Node: `examples/*.ts` of every package, and the programs of the package `examples` itself. Pages
 * and what several programs share stand in folders of their own.
 */
export function findExamples({ packages }: Workspace): readonly { readonly folder: string; readonly file: string }[] {
  return packages.flatMap(({ folder, kind, files }) => {
    const program = kind === 'examples' ? /^(?!vitest)[^/]+\.ts$/ : /^examples\/[^/]+\.ts$/;
    const own = files.map((file) => file.slice(folder.length + 1));
    return own.filter((file) => program.test(file)).map((file) => ({ folder, file }));
  });
}

/** What the example says that it prints: its comments that begin with `//> `. */
export function expectedOutput(code: string): string[] {
  return code.split(/\r?\n/).flatMap((line) => /\/\/> ?(.*)$/.exec(line)?.[1]?.trimEnd() ?? []);
}

/** Runs an example from its package's folder, from sources, and compares what it prints. */
export async function checkExample(
  root: string,
  folder: string,
  file: string,
  nodeOptions: readonly string[] = ['--import', 'tsx', '--conditions=@nt/source'],
): Promise<Violation[]> {
  const place = `${folder}/${file}`;
  const code = readFileSync(join(root, folder, file), 'utf8');
  if (expectedOutput(code).length === 0) return differenceOf(place, code, '');

  const { exitCode, stdout, stderr } = await runNode([...nodeOptions, file], join(root, folder));
  if (exitCode !== 0) return [`${place}: ended with ${exitCode}: ${stderr.trim().slice(-600)}`];
  return differenceOf(place, code, stdout);
}

/** What an example printed beside what it says that it prints. */
export function differenceOf(place: string, code: string, stdout: string): Violation[] {
  const expected = expectedOutput(code);
  if (expected.length === 0) return [`${place}: expected comments "//> …" that say what it prints`];
  const printed = stdout
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => line.trimEnd());
  if (printed.join('\n') === expected.join('\n')) return [];
  return [`${place}: prints\n  ${printed.join('\n  ')}\nbut says\n  ${expected.join('\n  ')}`];
}

/** Milliseconds. For what hangs: nothing here measures time, and machines are busy. */
export const hangsAfter = 240_000;

/** @param input what it reads from its standard input */
export function runNode(
  args: string[],
  cwd: string,
  input = '',
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...inherited, NO_COLOR: '1' },
    stdio: 'pipe',
    timeout: hangsAfter,
  });
  const output = { stdout: '', stderr: '' };
  child.stdin.on('error', () => {}).end(input); // one that does not read it may have ended before
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...output }));
  });
}
