import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { collectNotices } from './collect-notices.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const root = here('../../../');

/** What a user installs beside the command when it is wanted: large, or native. */
export const besideNt: readonly string[] = [
  '@duckdb/node-api',
  '@nt/backend-node-gpu',
  '@nt/backend-webgpu',
  '@resvg/resvg-js',
  'bullmq',
  'date-holidays',
  'ioredis',
  'pg',
];

/**
 * Bundles the command from its sources into a folder, `index.js` first. Everything but `besideNt` is inside: Node
 * spends most of a start on finding files and on reading CommonJS for its names. What is imported when it is needed
 * (each verb, each format, each engine) stays a chunk of its own. The CPU engine looks for its binaries beside the folder
 * of its code: `prebuilds/` beside `chunks/`.
 *
 * @returns what went into which file; paths are relative to the root of the repository
 */
export async function bundleNt(folder: string): Promise<Metafile> {
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: here('../src/main.ts') },
    outdir: folder,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    metafile: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    conditions: ['@nt/source'],
    // tfjs has modules and CommonJS; of modules only what is used arrives.
    mainFields: ['module', 'main'],
    external: [...besideNt],
    // Some dependencies are CommonJS and ask for Node's modules.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    legalComments: 'none', // the licences are in one file, whole
    logLevel: 'error',
  });
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
  await writeFile(join(folder, 'THIRD-PARTY-NOTICES.txt'), await collectNotices(root, metafile));
  await copyBinaries(join(folder, 'prebuilds'));
  return metafile;
}

/** Those that were built; without one the engine computes in WebAssembly. */
async function copyBinaries(folder: string): Promise<void> {
  const source = join(root, 'packages/backend-cpu/prebuilds');
  const names = await readdir(source).catch(() => []);
  await mkdir(folder, { recursive: true });
  for (const name of names.filter((one) => one.endsWith('.node'))) await cp(join(source, name), join(folder, name));
}
