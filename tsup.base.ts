import { readFileSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

interface ExportTarget {
  readonly '@nt/source'?: string;
}

/** One build for every package: the entries are the package's own `exports`, so that they cannot disagree. */
export function buildFromExports(overrides: Options = {}): ReturnType<typeof defineConfig> {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, ExportTarget> };
  const entries = Object.entries(manifest.exports).flatMap(([name, target]) => {
    const source = target['@nt/source'];
    return source ? [[name === '.' ? 'index' : name.slice(2), source] as const] : [];
  });
  return defineConfig({
    entry: Object.fromEntries(entries),
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    dts: true,
    sourcemap: true,
    clean: true,
    ...overrides,
  });
}
