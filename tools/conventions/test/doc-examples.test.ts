import { describe, expect, it } from 'vitest';
import { checkDocExamples, findDocExamples } from '../src/check-doc-examples.ts';
import { docCommentOf, docExamples } from '../src/doc-comments.ts';
import { hangsAfter } from '../src/run-example.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, repository } from './fixture.ts';

const found = findDocExamples(readWorkspace(repository));

describe.concurrent('examples in doc comments', () => {
  it('are in the packages whose recipes must have one', () => {
    expect(found.map(({ folder }) => folder)).toEqual(
      expect.arrayContaining(['packages/optim', 'packages/schedulers', 'packages/trainer']),
    );
  });

  it.each(found)('print what they say and pass the compiler: $folder', { timeout: 2 * hangsAfter }, async (each) => {
    expect(await checkDocExamples(repository, each.folder, each.examples)).toEqual([]);
  });
});

const comment = (...lines: string[]): string =>
  ['/**', ' * One.', ...lines.map((line) => ` * ${line}`), ' */', 'export const one: number = 1;', ''].join('\n');
const withExample = (...code: string[]): string => comment('', '@example', '```ts', ...code, '```');

describe('an example in a doc comment', () => {
  it.each([
    [['console.log(1 + 1); //> 3'], 'index.ts:6: prints\n  2\nbut says\n  3'],
    [['console.log(1);'], 'index.ts:6: expected comments "//> …"'],
    [["throw new Error('broken'); //> 1"], 'index.ts:6: prints\n  Error: broken'],
    [["import { no } from './index.ts';", 'console.log(no); //> undefined'], 'index.ts:6: '],
    [['const n: number = "1";', 'console.log(n);', '//> 1'], 'ended with 1: '],
    [['console.log("1".toFixed?.()); //> undefined'], 'Property'],
  ])('fails: %j', { timeout: 2 * hangsAfter }, async (code, problem) => {
    const workspace = makeWorkspace({ 'packages/tensor/src/index.ts': withExample(...code) });
    const [{ folder, examples }] = findDocExamples(workspace) as [(typeof found)[number]];
    expect((await checkDocExamples(workspace.root, folder, examples, [])).join('\n')).toContain(problem);
  });

  it('does not keep the next one from running', { timeout: 2 * hangsAfter }, async () => {
    const text = `${withExample("throw new Error('broken'); //> 1")}${withExample('console.log(2); //> 2')}`;
    const workspace = makeWorkspace({ 'packages/tensor/src/index.ts': text });
    const [{ folder, examples }] = findDocExamples(workspace) as [(typeof found)[number]];
    expect(await checkDocExamples(workspace.root, folder, examples, [])).toEqual([expect.stringContaining(':6:')]);
  });
});

describe('a doc comment', () => {
  it.each([
    [comment('', '    w ← w − ηg'), { formula: true, example: false }],
    [withExample('console.log(1);'), { formula: false, example: true }],
    [withExample('    indented();'), { formula: false, example: true }],
    [comment('', '  w ← w − ηg'), { formula: false, example: false }],
    [comment('', '```', 'x', '```'), { formula: false, example: false }],
    ['export const one = 1;', { formula: false, example: false }],
    [comment('', '    w ← w − ηg').replace('one', 'two'), { formula: false, example: false }],
  ])('says what it holds: %j', (text, holds) => {
    expect(docCommentOf('a.ts', text, 'one')).toEqual(holds);
    expect(docCommentOf('a.ts', text.replace(/const (\w+).*;/, 'function $1() {}'), 'one')).toEqual(holds);
  });

  it('has as many examples as it has blocks, other languages apart', () => {
    const text = comment('```ts', 'a();', '```', '```sh', 'ls', '```', '```ts', 'b();', '', 'c();', '```');
    expect(docExamples('a.ts', text)).toEqual([
      { line: 4, code: 'a();' },
      { line: 10, code: 'b();\n\nc();' },
    ]);
  });
});
