import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandGlob, splitPattern } from '../src/node/expand-glob.ts';

describe('a pattern of paths', () => {
  it.each([
    ['C:\\data\\*.csv', 'C:\\', ['data', '*.csv']],
    ['C:/data/part-?/*.csv', 'C:/', ['data', 'part-?', '*.csv']],
    ['d:*.csv', 'd:', ['*.csv']],
    ['\\\\server\\share\\2024\\*.csv', '\\\\server\\share\\', ['2024', '*.csv']],
    ['\\\\?\\C:\\data\\*.csv', '\\\\?\\C:\\', ['data', '*.csv']],
    ['\\data\\*.csv', '\\', ['data', '*.csv']],
    ['data\\*.csv', '', ['data', '*.csv']],
    ['..\\*.csv', '', ['..', '*.csv']],
  ])('begins on Windows where its drive or share does: %s', (pattern, root, segments) => {
    expect(splitPattern(pattern, win32)).toEqual({ root, segments });
  });

  it.each([
    ['/data/*.csv', '/', ['data', '*.csv']],
    ['data//*.csv', '', ['data', '*.csv']],
    ['./*.csv', '', ['.', '*.csv']],
  ])('begins elsewhere at the root or here: %s', (pattern, root, segments) => {
    expect(splitPattern(pattern, posix)).toEqual({ root, segments });
  });

  it('matches absolute paths of this system, sorted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nt-glob-'));
    try {
      mkdirSync(join(folder, 'a'));
      for (const name of ['b.csv', 'a.csv', 'c.txt']) writeFileSync(join(folder, 'a', name), '');
      const found = [join(folder, 'a', 'a.csv'), join(folder, 'a', 'b.csv')];
      expect(await expandGlob(join(folder, '?', '*.csv'))).toEqual(found);
      expect(await expandGlob(`${folder}/*/*.csv`)).toEqual(found);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
