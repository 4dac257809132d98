import { deepEqual } from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { tryConsumers } from '../../consumers/try-consumers.mjs';
import { repository } from './fixture.ts';

type Consumer = Parameters<typeof tryConsumers>[0]['consumers'][number];

/** One small package, installed from its tarball; `pnpm consumers` tries the larger ones. */
const safetensors: Consumer = {
  name: 'safetensors',
  packages: ['@nt/safetensors'],
  files: {
    'main.js': `
      import { parse, serialize } from '@nt/safetensors';
      const file = serialize({ weight: { shape: [2], dtype: 'float32', data: Float32Array.of(1, 2) } });
      console.log([...parse(file).tensors.get('weight').data].join());
    `,
    'main.cjs': "console.log(typeof require('@nt/safetensors').parse);",
  },
  use({ run }) {
    deepEqual([run('node', 'main.js'), run('node', 'main.cjs')], ['1,2\n', 'function\n']);
  },
};

const broken: Consumer = {
  ...safetensors,
  name: 'broken',
  files: { 'main.js': "import { absent } from '@nt/safetensors';" },
  use({ run }) {
    run('node', 'main.js');
  },
};

describe('consumers outside the workspace', () => {
  it('install a packed package and use it; one that cannot is reported', { timeout: 180_000 }, async () => {
    const lines: string[] = [];
    const print = (line: string) => void lines.push(line);
    const exitCode = await tryConsumers({ root: repository, consumers: [safetensors, broken], only: [], print });
    expect(lines).toEqual([
      'works   safetensors',
      expect.stringMatching(/^failed {2}broken: node main\.js: ended with 1[\s\S]*absent/),
      '1 of 2 consumers work',
    ]);
    expect(exitCode).toBe(1);
  });

  it('are known by name', async () => {
    const lines: string[] = [];
    const print = (line: string) => void lines.push(line);
    expect(await tryConsumers({ root: repository, consumers: [broken], only: ['other'], print })).toBe(1);
    expect(lines).toEqual(['expected names among broken; found other']);
  });
});
