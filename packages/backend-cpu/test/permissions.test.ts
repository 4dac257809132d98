import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
// @ts-expect-error a plain script without types
import { binary } from '../tools/build-native.mjs';
import { needsNativeKernels } from './needs.ts';

const native = binary as string;
const permission = process.versions.node.startsWith('20.') ? '--experimental-permission' : '--permission';
let folder: string;
let program: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'nt-permissions-')));
  program = path.join(folder, 'program.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'permissions/program.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['@nt/source'],
    outfile: program,
    logLevel: 'error',
  });
});
afterAll(() => rm(folder, { recursive: true }));

interface Told {
  readonly kernelSet: string;
  readonly threads: number;
  readonly limitations: readonly string[];
  readonly sum: number;
}

/** The program where it may read its own file, the binary, and nothing else that is not allowed; no cache folder either. */
async function run(...allowed: readonly string[]): Promise<Told> {
  const readable = [folder, path.dirname(native)].map((each) => `--allow-fs-read=${each}`);
  const env = { ...process.env, NT_NATIVE: native, XDG_CACHE_HOME: path.join(path.dirname(folder), 'nt-not-allowed') };
  const { stdout } = await promisify(execFile)(process.execPath, [permission, ...readable, ...allowed, program], {
    env,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Told;
}

const sum = 512 ** 3 / 4;

it('computes with what the permission model of Node leaves, and says what to allow for more', async () => {
  const alone = await run();
  expect(alone).toMatchObject({ kernelSet: expect.stringMatching(/^wasm/), threads: 1, sum });
  expect(alone.limitations[0]).toMatch(/^No native kernels: /);
  expect(alone.limitations[1]).toMatch(/^1 of 2 threads did not start\. .*--allow-worker/);

  const withThreads = await run('--allow-worker');
  expect(withThreads).toMatchObject({ kernelSet: expect.stringMatching(/^wasm/), threads: 2, sum });
  expect(withThreads.limitations).toHaveLength(1);
});

it.runIf(needsNativeKernels())('runs native kernels with all that they need allowed, and no cache folder', async () => {
  const all = await run('--allow-worker', '--allow-child-process', '--allow-addons');
  expect(all).toMatchObject({ kernelSet: expect.stringMatching(/^native/), threads: 2, limitations: [], sum });
});
