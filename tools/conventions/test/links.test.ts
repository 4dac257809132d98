import { describe, expect, it } from 'vitest';
import { checkLinks, readLinks } from '../src/check-links.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, repository } from './fixture.ts';

const readme = 'packages/tensor/README.md';
const page = 'https://github.com/OWNER/nt';

describe('links in Markdown', () => {
  it('lead somewhere in this repository', () => {
    expect(checkLinks(readWorkspace(repository))).toEqual([]);
  });

  it.each([
    ['docs/a.md', '[x](gone.md)', 'there is no docs/gone.md'],
    ['docs/a.md', '[x](../gone)', 'there is no gone'],
    ['docs/a.md', '![x](gone.svg "title")', 'there is no docs/gone.svg'],
    ['docs/a.md', '[x]: gone.md', 'there is no docs/gone.md'],
    ['docs/a.md', '<img src="gone.svg">', 'there is no docs/gone.svg'],
    ['docs/a.md', '# One\n\n[x](#two)', 'docs/a.md has no heading #two'],
    ['docs/a.md', `[x](../${readme}#two)`, `${readme} has no heading #two`],
    [
      readme,
      '[x](src/index.ts)',
      `relative, and this page is also shown by the registry: ${page}/blob/main/packages/tensor/src/index.ts`,
    ],
    [readme, '[x](../tensor)', `${page}/tree/main/packages/tensor`],
    [readme, `[x](${page}/blob/main/docs/gone.md)`, 'there is no docs/gone.md'],
  ])('fail: %s: %s', (file, markdown, problem) => {
    expect(checkLinks(makeWorkspace({ [file]: markdown }))).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    [
      'docs/a.md',
      "# What's `new`, really?\n\n[x](#whats-new-really) [y](../packages/tensor) [z](https://nt.example/a)",
    ],
    ['docs/a.md', '```md\n[x](gone.md)\n```\n`[x](gone.md)`'],
    [
      readme,
      `# One\n[x](#one) [y](${page}/blob/main/packages/tensor/src/index.ts) [z](${page}/issues) [m](mailto:a@b.c)`,
    ],
  ])('may be: %s: %s', (file, markdown) => {
    expect(checkLinks(makeWorkspace({ [file]: markdown }))).toEqual([]);
  });

  it('fail when they still name the placeholder of the owner', () => {
    const repositoryOf = { type: 'git', url: 'git+https://github.com/somebody/nt.git' };
    const root = JSON.stringify({ name: 'root', private: true, repository: repositoryOf });
    const workspace = makeWorkspace({ 'package.json': root, 'docs/a.md': `[x](${page}/issues)` });
    expect(checkLinks(workspace)).toEqual([expect.stringContaining('https://github.com/somebody/nt now')]);
  });

  it('are found with their lines', () => {
    expect(readLinks('a\n[`x`](y) and [z](w "t")')).toEqual([
      { line: 2, link: 'y' },
      { line: 2, link: 'w' },
    ]);
  });
});
