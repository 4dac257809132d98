import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
// @ts-expect-error a plain script without types
import { binary } from '../tools/build-native.mjs';
import { bundleSuite } from './core-suite/bundle-suite.ts';
import { expectedFailures } from './core-suite/expected-failures.ts';
import { loadable } from './engines.ts';

interface SuiteResult {
  readonly passed: number;
  readonly failures: readonly { readonly name: string; readonly message: string }[];
  readonly backends: readonly (string | null)[];
}

const compiled = loadable.filter((kernels) => kernels !== 'js');
const everyRun = compiled.flatMap((kernels) => [
  { kernels, threads: 1 },
  { kernels, threads: 2 },
  { kernels, threads: 1, poisonFreedMemory: true },
]);
// The fastest of each kind.
const fastest = [compiled[0]!, compiled.find((kernels) => kernels.startsWith('wasm'))!];
const fewRuns = [...new Set(fastest)].map((kernels) => ({ kernels, threads: 2, poisonFreedMemory: true }));
const runs = process.env['NT_LONG'] === '1' ? [...everyRun, ...fewRuns, { kernels: 'js', threads: 1 }] : fewRuns;

/** With which this process knows the instructions of a kernel set. */
const engineFlags = process.execArgv.filter((flag) => flag.includes('relaxed-simd'));

// In the package's folder, so that the bundle's remaining imports resolve from there.
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(import.meta.dirname, '.core-suite-'));
  await bundleSuite(path.join(folder, 'suite.cjs'));
});

afterAll(() => rm(folder, { recursive: true }));

it.each(runs)('passes tfjs-core’s own suite: %o', { timeout: 600_000 }, async (options) => {
  const run = path.join(import.meta.dirname, 'core-suite/run.cjs');
  const cwd = path.dirname(import.meta.dirname);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...engineFlags, run, path.join(folder, 'suite.cjs'), JSON.stringify(options)],
    { cwd, env: { ...process.env, NT_NATIVE: binary as string }, maxBuffer: 1 << 28 },
  );
  const result = JSON.parse(stdout.trim().split('\n').at(-1)!) as SuiteResult;
  const unexpected = result.failures.filter(({ name }) => !expectedFailures.some((known) => name.includes(known)));
  expect(unexpected).toEqual([]);
  // Fewer would mean that a bundler had left the tests out.
  expect(result.passed).toBeGreaterThan(4200);
  expect(result.backends).toContain('nt-cpu');
});
