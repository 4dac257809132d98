import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** Bytes after gzip. Raise one only with the story of why. */
const ceilings = [
  // 1,390 bytes when set: the mean, its mask and weights, and errors that name the nearest option.
  { names: '{ mae }', ceiling: 1_600 },
  // 3,334 when set: all metrics and the catalogue.
  { names: '*', ceiling: 3_700 },
] as const;

test.each(ceilings)(
  'import $names from ./metrics is at most $ceiling bytes and brings no engine along',
  async ({ names, ceiling }) => {
    const { outputFiles } = await build({
      stdin: {
        contents: `export ${names} from '@nt/forecast/metrics';`,
        resolveDir: fileURLToPath(new URL('..', import.meta.url)),
      },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      conditions: ['@nt/source'],
    });
    const { text } = outputFiles[0]!;
    expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(ceiling);
    expect(text).not.toMatch(/tensor|optimizer|checkpoint|xoroshiro/i);
  },
);
