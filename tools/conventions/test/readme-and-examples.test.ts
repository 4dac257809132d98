import { describe, expect, it } from 'vitest';
import { checkSnippets } from '../src/check-snippets.ts';
import { checkExample, expectedOutput, findExamples, hangsAfter } from '../src/run-example.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, repository } from './fixture.ts';

const readme = 'packages/tensor/README.md';
const comment = '<!-- example: examples/one.ts -->';

describe('code in a README', () => {
  it('is an example file in this repository', () => {
    expect(checkSnippets(readWorkspace(repository))).toEqual([]);
  });

  it('is an example file in the fixture; other languages are free', () => {
    expect(checkSnippets(makeWorkspace({ 'README.md': '```sh\nnpm test\n```\n' }))).toEqual([]);
  });

  it.each([
    ['```ts\nconsole.log(1);\n//> 1\n```', 'expected <!-- example: path -->'],
    ['```js\nrequire("x");\n```', 'expected <!-- example: path -->'],
    [`${comment}\n\`\`\`ts\nconsole.log(2);\n\`\`\``, 'differs from examples/one.ts'],
    ['<!-- example: examples/gone.ts -->\n```ts\nconsole.log(1);\n```', 'examples/gone.ts does not exist'],
  ])('fails: %j', (markdown, problem) => {
    expect(checkSnippets(makeWorkspace({ [readme]: `# Tensor\n\n${markdown}\n` }))).toEqual([
      expect.stringContaining(problem),
    ]);
  });
});

it('code in the guide is an example file, too', () => {
  const page = '# Start\n\n```ts\nconsole.log(1);\n```\n';
  expect(checkSnippets(makeWorkspace({ 'docs/guide/start.md': page }))).toEqual([
    expect.stringMatching(/^docs\/guide\/start\.md:3: expected <!-- example/),
  ]);
});

describe.concurrent('an example', () => {
  const examples = findExamples(readWorkspace(repository));

  it.each(examples)(
    'runs and prints what it says: $folder/$file',
    { timeout: 2 * hangsAfter },
    async ({ folder, file }) => {
      expect(await checkExample(repository, folder, file)).toEqual([]);
    },
  );

  it('is also a program of the package examples', () => {
    expect(examples).toContainEqual({ folder: 'examples', file: 'server.ts' });
    expect(examples.filter(({ file }) => /vitest|service/.test(file))).toEqual([]);
  });

  it('says what it prints behind the code or below it', () => {
    expect(expectedOutput('log(1); //> 1\n//> 2\n// > no\n')).toEqual(['1', '2']);
  });
});

describe('what an example prints', () => {
  it.each([
    ['console.log(1 + 1); //> 3', 'prints\n  2\nbut says\n  3'],
    ['console.log(1);', 'expected comments'],
    ["//> 1\nthrow new Error('broken');", 'ended with 1'],
  ])('fails: %j', { timeout: 2 * hangsAfter }, async (code, problem) => {
    // Inside the repository's own folder of packages tsx would be found; a fixture has none, so plain Node reads it.
    const { root } = makeWorkspace({ 'packages/tensor/examples/one.mjs': code });
    const [found] = await checkExample(root, 'packages/tensor', 'examples/one.mjs', []);
    expect(found).toContain(problem);
  });
});
