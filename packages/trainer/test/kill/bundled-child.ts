import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { KillPlan } from './child.ts';

/** Bundles the child once, so that each start costs what Node costs. */
export async function bundleChild(folder: string): Promise<string> {
  const outfile = join(folder, 'child.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('child.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@nt/source'],
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

export interface ChildEnd {
  readonly signal: NodeJS.Signals | null;
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Starts a child; `onStart` may send it signals. */
export function runChild(
  script: string,
  setup: { readonly folder: string; readonly plan: KillPlan; readonly slow?: boolean },
  {
    shell,
    onOutput,
  }: { readonly shell?: string; readonly onOutput?: (child: ChildProcess, output: string) => void } = {},
): Promise<ChildEnd> {
  const json = JSON.stringify(setup);
  const child = shell
    ? spawn('bash', ['-c', `${shell}; exec "$0" "$1" "$2"`, process.execPath, script, json])
    : spawn(process.execPath, [script, json]);
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => {
    output += data;
    onOutput?.(child, output);
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  return new Promise((resolve) => {
    child.on('close', (exitCode, signal) => resolve({ signal, exitCode, output, errors }));
  });
}
