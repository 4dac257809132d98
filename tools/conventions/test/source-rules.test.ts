import { describe, expect, it } from 'vitest';
import { checkFileShape, maximalExample, maximalLines } from '../src/check-file-shape.ts';
import { checkFocusedTests } from '../src/check-focused-tests.ts';
import { checkSourceRules, exceptions } from '../src/check-source-rules.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, repository } from './fixture.ts';

const bad = 'packages/tensor/src/bad.ts';

describe('library code', () => {
  it('keeps the rules in this repository', () => {
    expect(checkSourceRules(readWorkspace(repository))).toEqual([]);
  });

  it('has no exception for a file that is gone', () => {
    const { files } = readWorkspace(repository);
    const stale = Object.keys(exceptions).filter((prefix) => !files.some((file) => file.startsWith(prefix)));
    expect(stale).toEqual([]);
  });

  it.each([
    ["console.error('no');", 'console'],
    ['const x = Math.random();', 'Math.random'],
    ['setTimeout(() => {}, 5);', 'setTimeout'],
    ['globalThis.setInterval(() => {}, 5);', 'setInterval'],
    ['let count = 0;', 'module-level let'],
    ['export default 1;', 'default export'],
    ['export default function f() {}', 'default export'],
  ])('fails: %s', (code, rule) => {
    expect(checkSourceRules(makeWorkspace({ [bad]: `const a = 1;\n${code}\n` }))).toEqual([
      expect.stringContaining(`${bad}:2: ${rule}`),
    ]);
  });

  it('may name the words in comments and strings, and tests may use them', () => {
    const code = "// console.log(1)\nexport const text = 'Math.random()';\nfor (let i = 0; i < 1; i++);\n";
    const files = { [bad]: code, 'packages/tensor/src/good.test.ts': 'console.log(Math.random());' };
    expect(checkSourceRules(makeWorkspace(files))).toEqual([]);
  });

  it('is let off by an exception only from that rule', () => {
    const workspace = makeWorkspace({ [bad]: 'setTimeout(f);\nconsole.log(1);' });
    expect(checkSourceRules(workspace, { [bad]: ['setTimeout'] })).toEqual([expect.stringContaining('console')]);
  });
});

describe('files', () => {
  it('are short and named in kebab-case in this repository', () => {
    expect(checkFileShape(readWorkspace(repository))).toEqual([]);
  });

  it('fail when too long', () => {
    const lines = (count: number) => 'const a = 1;\n'.repeat(count);
    expect(checkFileShape(makeWorkspace({ [bad]: lines(maximalLines) }))).toEqual([]);
    expect(checkFileShape(makeWorkspace({ [bad]: lines(maximalLines + 1) }))).toEqual([
      `${bad}: 251 lines, at most 250: split it`,
    ]);
  });

  it('a program of examples is shorter, its tests need not be', () => {
    const lines = (count: number): string => 'const a = 1;\n'.repeat(count);
    const files = { 'examples/one.ts': lines(maximalExample + 1), 'examples/test/one.test.ts': lines(maximalLines) };
    expect(checkFileShape(makeWorkspace(files))).toEqual([
      expect.stringMatching(/^examples\/one\.ts: 81 lines, at most 80/),
    ]);
  });

  it.each(['src/camelCase.ts', 'src/snake_case.ts', 'test/Big.test.ts'])('fail with the name %s', (file) => {
    expect(checkFileShape(makeWorkspace({ [`packages/tensor/${file}`]: '' }))).toHaveLength(1);
  });

  it('may be in snake_case in Python, which cannot import other names', () => {
    expect(checkFileShape(makeWorkspace({ 'packages/tensor/bench/a_b.py': '' }))).toEqual([]);
  });

  it('are let off in golden folders, whose names come from elsewhere', () => {
    expect(checkFileShape(makeWorkspace({ 'packages/tensor/test/golden/a_B.ts': '' }))).toEqual([]);
  });
});

describe('tests', () => {
  const test = 'packages/tensor/test/bad.test.ts';

  it('are all switched on in this repository', () => {
    expect(checkFocusedTests(readWorkspace(repository))).toEqual([]);
  });

  it.each([
    ["it.only('x', f);", '.only'],
    ["describe.skip('x', f);", '.skip'],
    ["it.concurrent.skip('x', f);", '.skip'],
    ["test.todo('x');", '.todo'],
    ["it.skip.each([1])('x', f);", '.skip'],
    ["it('x', (context) => context.skip());", '.skip'],
    ["it.skipIf(process.platform === 'win32')('x', f);", '.skipIf'],
  ])('fail: %s', (code, word) => {
    expect(checkFocusedTests(makeWorkspace({ [test]: code }))).toEqual([expect.stringContaining(`${test}:1: ${word}`)]);
  });

  it('may depend on a part that is needed', () => {
    const code = "it.skipIf(!needs('chromium'))('x', f);\n[1].skip;\nconst it2 = 'it.only';";
    expect(checkFocusedTests(makeWorkspace({ [test]: code }))).toEqual([]);
  });
});
