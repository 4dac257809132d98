import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The program of the worker as one text: it runs wherever a worker does, whatever a bundler has made of the package. */
export async function workerModule() {
  const { outputFiles } = await build({
    entryPoints: [at('../src/prefetch/batch-worker.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
  });
  const text = JSON.stringify(outputFiles[0].text.trim());
  return `/** Made by tools/build-worker.mjs from batch-worker.ts. */\nexport const batchWorkerSource: string =\n  ${text};\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(at('../src/prefetch/batch-worker-source.generated.ts'), await workerModule());
