import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { operations } from '../compiled/command.ts';
import { loadNativeAddon } from './load-native-addon.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'nt-load-'));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('a binary that knows other commands is refused: it would misread ours', () => {
  const load = (commands: number): ReturnType<typeof loadNativeAddon> => {
    const file = path.join(folder, `${commands}.cjs`);
    writeFileSync(
      file,
      `exports.sets = ['sse2']; exports.selfTest = () => true; exports.commands = ${commands}; exports.pairsAreQuicker = () => false;`,
    );
    vi.stubEnv('NT_NATIVE', file);
    vi.stubEnv('XDG_CACHE_HOME', folder);
    return loadNativeAddon();
  };
  const known = Object.keys(operations).length + 1;
  expect(load(known - 1)).toMatchObject({ missing: expect.stringMatching(/built from other sources; build it again/) });
  expect(load(known)).toMatchObject({ addon: { sets: ['sse2'] } });
});
