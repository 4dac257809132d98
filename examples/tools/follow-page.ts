// `pnpm -F @nt/examples follow PAGE`: does what a page of the guide tells its reader to do, in an empty folder.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'apps/cli/src/main.ts');
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** How Node runs the command from its sources. */
export const ntCommand: readonly string[] = ['--conditions=@nt/source', '--import', tsx, main];

/** The lines of the `sh` blocks of a page: what its reader types. */
export function commandsOf(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh\r?\n([\s\S]*?)^```/gm)].map(([, block]) => block!);
  return blocks.flatMap((block) => block.split(/\r?\n/).filter((line) => line.trim() !== ''));
}

/** @param page name of a page, `data` */
export const pageText = (page: string): string => readFileSync(join(root, 'docs/guide', `${page}.md`), 'utf8');

/** Types the commands of a page, one after another, until one fails. @returns the exit code, and what was printed */
export function followPage(page: string, onOutput: 'inherit' | 'pipe') {
  const folder = mkdtempSync(join(tmpdir(), 'nt-guide-'));
  copyFileSync(join(root, 'apps/cli/examples/us-births.csv'), join(folder, 'births.csv'));
  const bin = mkdtempSync(join(tmpdir(), 'nt-bin-'));
  const words = [process.execPath, ...ntCommand].map((word) => `'${word}'`).join(' ');
  writeFileSync(join(bin, 'nt'), `#!/bin/sh\nexec ${words} "$@"\n`);
  chmodSync(join(bin, 'nt'), 0o755);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}`, NO_COLOR: '1' };
  const script = commandsOf(pageText(page)).join('\n');
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-v', '-o', 'pipefail', '-c', script], {
    cwd: folder,
    env,
    stdio: ['ignore', onOutput, onOutput],
    encoding: 'utf8',
  });
  return { status, output: `${stdout ?? ''}${stderr ?? ''}`, folder };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const page of process.argv.slice(2)) {
    const { status, folder } = followPage(page, 'inherit');
    console.error(`${page}: ended with ${status}, in ${folder}`);
    if (status !== 0) process.exitCode = 1;
  }
}
