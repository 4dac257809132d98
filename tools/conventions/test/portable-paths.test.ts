import { describe, expect, it } from 'vitest';
import { checkPortablePaths } from '../src/check-portable-paths.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, repository } from './fixture.ts';

const file = 'packages/tensor/test/paths.ts';
const temporary = ['', 'tmp'].join('/'); // not in one word, which the rule would find here

describe('paths in code', () => {
  it('hold on every system in this repository', () => {
    expect(checkPortablePaths(readWorkspace(repository))).toEqual([]);
  });

  it.each([
    ["new URL('a.ts', import.meta.url).pathname;", '.pathname of a file'],
    ['(new URL(import.meta.url)).pathname;', '.pathname of a file'],
    ['pathToFileURL(name).pathname;', '.pathname of a file'],
    [`read('${temporary}');`, 'tmpdir()'],
    [`read('${temporary}/a');`, 'tmpdir()'],
    [`read(\`${temporary}/\${name}\`);`, 'tmpdir()'],
    ["import { join } from 'node:path';\npath.startsWith('/');", 'isAbsolute'],
  ])('fail: %s', (code, problem) => {
    expect(checkPortablePaths(makeWorkspace({ [file]: code }))).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    "fileURLToPath(new URL('a.ts', import.meta.url));",
    'new URL(request.url, base).pathname;',
    "name.startsWith('/');",
    `// ${temporary}\nconst words = 'a${temporary}';`,
  ])('may be: %s', (code) => {
    expect(checkPortablePaths(makeWorkspace({ [file]: code }))).toEqual([]);
  });
});
