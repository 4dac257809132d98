import { describe, expect, it } from 'vitest';
import { checkDocumentedExports } from '../src/check-documented-exports.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, manifestWith, repository } from './fixture.ts';

describe('exports', () => {
  it('all have a doc comment in this repository', { timeout: 120_000 }, () => {
    expect(checkDocumentedExports(readWorkspace(repository))).toEqual([]);
  });

  it('fail without one, also when passed on from another file', () => {
    const files = {
      'packages/tensor/src/index.ts': "export * from './a.ts';\nexport { c as d } from './a.ts';\n",
      'packages/tensor/src/a.ts':
        'export const a: number = 1;\n/** B. */\nexport interface B { x: number }\nconst c = 1;\nexport { c };\n',
    };
    expect(checkDocumentedExports(makeWorkspace(files))).toEqual([
      '@nt/tensor: d has no doc comment',
      '@nt/tensor: a has no doc comment',
      '@nt/tensor: c has no doc comment',
    ]);
  });

  it('fail when an entry has none, unless it is imported for its effect', () => {
    const files = { 'packages/tensor/src/index.ts': '1;\n' };
    const found = checkDocumentedExports(makeWorkspace(files));
    expect(found).toEqual([expect.stringContaining('@nt/tensor exports nothing')]);
    const manifest = manifestWith({ sideEffects: ['./src/index.ts'] });
    expect(checkDocumentedExports(makeWorkspace({ ...files, 'packages/tensor/package.json': manifest }))).toEqual([]);
  });
});
