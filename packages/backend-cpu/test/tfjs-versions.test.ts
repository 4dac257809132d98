import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ConformanceReport } from '@nt/tensor/conformance';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
// @ts-expect-error a plain script without types
import { binary } from '../tools/build-native.mjs';

const resolver = createRequire(import.meta.filename);

/** What `peerDependencies` promises; each is installed under a name of its own. */
const versions = {
  '4.20.0': { '@tensorflow/tfjs-core': 'tfjs-core-4.20', '@tensorflow/tfjs-backend-cpu': 'tfjs-backend-cpu-4.20' },
  '4.21.0': { '@tensorflow/tfjs-core': 'tfjs-core-4.21', '@tensorflow/tfjs-backend-cpu': 'tfjs-backend-cpu-4.21' },
  '4.22.0': {
    '@tensorflow/tfjs-core': '@tensorflow/tfjs-core',
    '@tensorflow/tfjs-backend-cpu': '@tensorflow/tfjs-backend-cpu',
  },
};

it.each(Object.entries(versions))('conforms on tfjs %s', { timeout: 120_000 }, async (version, packages) => {
  const folder = await mkdtemp(path.join(import.meta.dirname, '.versions-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const program = path.join(folder, 'program.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'tfjs-versions/program.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['@nt/source'],
    alias: Object.fromEntries(Object.entries(packages).map(([name, installed]) => [name, resolver.resolve(installed)])),
    outfile: program,
    logLevel: 'error',
  });
  const env = { ...process.env, NT_NATIVE: binary as string };
  const { stdout } = await promisify(execFile)(process.execPath, [program], { env, maxBuffer: 1 << 26 });
  const result = JSON.parse(stdout.trim().split('\n').at(-1)!) as {
    tfjs: string;
    failures: ConformanceReport['failures'];
  };
  expect(result).toEqual({ tfjs: version, failures: [], sums: [2, 8] });
});
