import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandGlob, isPattern, splitPattern } from '../src/node/expand-glob.ts';

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

  describe('on Windows', () => {
    const tree: Readonly<Record<string, readonly string[]>> = {
      'C:\\data': ['a.csv', 'B.CSV', 'c.txt'],
      'C:\\data\\2024': ['x.csv'],
      'C:\\': ['data', 'date'],
      'd:': ['here.csv'],
      'd:\\': ['root.csv'],
      '\\\\server\\share\\': ['s.csv'],
      '\\\\?\\C:\\data': ['long.csv'],
      '.': ['w.csv'],
    };
    const windows = {
      path: win32,
      namesIn: (folder: string) => Promise.resolve(tree[folder === '' ? '.' : folder] ?? []),
    };
    it.each([
      ['C:\\data\\*.csv', ['C:\\data\\B.CSV', 'C:\\data\\a.csv']],
      ['C:/data/*.csv', ['C:\\data\\B.CSV', 'C:\\data\\a.csv']],
      ['C:\\dat?\\2024\\*.csv', ['C:\\data\\2024\\x.csv']],
      ['d:*.csv', ['d:here.csv']],
      ['d:\\*.csv', ['d:\\root.csv']],
      ['\\\\server\\share\\*.csv', ['\\\\server\\share\\s.csv']],
      ['\\\\?\\C:\\data\\*.csv', ['\\\\?\\C:\\data\\long.csv']],
      ['*.csv', ['w.csv']],
      [win32.resolve('C:\\work', '..\\data\\*.csv'), ['C:\\data\\B.CSV', 'C:\\data\\a.csv']],
    ])('%s finds its files', async (pattern, found) => {
      expect(await expandGlob(pattern, windows)).toEqual(found);
    });

    it.each([
      ['\\\\?\\C:\\data\\a.csv', false],
      ['C:\\data\\a.csv', false],
      ['C:\\data\\?.csv', true],
    ])('%s is a pattern: %s', (text, expected) => {
      expect(isPattern(text, windows)).toBe(expected);
    });
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
