import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundleNt as bundleInto } from '../tools/bundle-nt.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The bundled command. */
    readonly nt: string;
    /** The packages that are in each of its files, by the name of the file. */
    readonly packagesOf: Readonly<Record<string, readonly string[]>>;
  }
}

/** Bundles `nt` from its sources once, as it is published: each of the hundreds of starts costs what a user waits. */
export default async function bundleNt(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'nt-bundle-'));
  const { outputs } = await bundleInto(folder);
  project.provide('nt', join(folder, 'index.js'));
  project.provide(
    'packagesOf',
    Object.fromEntries(Object.entries(outputs).map(([path, { inputs }]) => [basename(path), packagesIn(inputs)])),
  );
  return () => rm(folder, { recursive: true, maxRetries: 5 });
}

function packagesIn(inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>): string[] {
  const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const names = used.map(
    ([path]) =>
      /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1] ??
      path.replace(/^packages\/(\w[^/]*)\/.*/, '@nt/$1'),
  );
  return [...new Set(names.filter((name) => !name.startsWith('apps/')))];
}
