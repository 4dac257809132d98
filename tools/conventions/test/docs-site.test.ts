import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { buildSite } from '../../docs/build-site.mjs';
import { checkSite } from '../../docs/check-site.mjs';
import { entryPoints } from '../../docs/entry-points.mjs';
import { rewriteLinks } from '../../docs/rewrite-links.mjs';
import { filesOf, sitePages } from '../../docs/site-pages.mjs';
import { makeFolder, makeWorkspace, optim, repository } from './fixture.ts';

describe('the site', () => {
  it('shows every entry of every library, every page of the guide and every decision', () => {
    const names = entryPoints(repository).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['@nt/optim', '@nt/optim/tfjs', '@nt/forecast/node']));
    const pages = filesOf(sitePages(repository));
    expect(pages).toEqual(expect.arrayContaining(['docs/guide/data.md', 'packages/optim/README.md', 'README.md']));
    expect(pages.filter((page) => page.startsWith('docs/decisions/')).length).toBeGreaterThan(10);
    expect(pages.indexOf('docs/guide/getting-started.md')).toBeLessThan(pages.indexOf('docs/guide/adding.md'));
  });
});

const github = 'https://github.com/OWNER/nt';
const place = {
  file: 'docs/guide/data.md',
  pages: ['README.md', 'docs/guide/data.md', 'docs/guide/README.md', 'docs/benchmarks.md', 'packages/optim/README.md'],
  images: ['docs/guide/images/walk.svg'],
  repository: github,
};

describe('a link of a page', () => {
  it.each([
    ['data.md', './data.md'],
    ['README.md#top', './README.md#top'],
    ['../benchmarks.md#speed', '../benchmarks.md#speed'],
    ['../../packages/optim', '../../packages/optim/README.md'],
    ['../../packages/optim/', '../../packages/optim/README.md'],
    [`${github}/tree/main/packages/optim#readme`, '../../packages/optim/README.md#readme'],
    [`${github}/blob/main/docs/benchmarks.md#speed`, '../benchmarks.md#speed'],
    ['images/walk.svg', './images/walk.svg'],
    ['../../packages/optim/src/index.ts', `${github}/blob/main/packages/optim/src/index.ts`],
    ['../../examples/server', `${github}/tree/main/examples/server`],
    [`${github}/issues`, `${github}/issues`],
    ['#below', '#below'],
    ['https://example.com/data.md', 'https://example.com/data.md'],
  ])('leads to the page of the site, or to the repository: %s', (link, site) => {
    expect(rewriteLinks(`See [it](${link}).\n`, place)).toBe(`See [it](${site}).\n`);
  });

  it('is none in code', () => {
    const text = '```md\n[it](data.md)\n```\n';
    expect(rewriteLinks(text, place)).toBe(text);
  });
});

describe('a built site', () => {
  const good = {
    'index.html': '<a href="a/b.html#there">b</a> <a href="https://example.com">x</a> <img src="a/c.svg">',
    'a/b.html': '<h1 id="there">B</h1> <a href="../index.html">up</a> <a href="#there">here</a>',
    'a/c.svg': '<svg/>',
  };

  it('is whole', () => expect(checkSite(makeFolder(good))).toEqual([]));

  it.each([
    ['<a href="a/gone.html">x</a>', 'a/gone.html: there is no a/gone.html'],
    ['<a href="a/b.html#gone">x</a>', 'a/b.html#gone: a/b.html has no #gone'],
    ['<a href="#gone">x</a>', '#gone: index.html has no #gone'],
    ['<a href="a">x</a>', 'a: there is no a'],
    ['<script src="/assets/x.js"></script>', '/assets/x.js: begins at the root of the server'],
  ])('is found out: %s', (text, problem) => {
    expect(checkSite(makeFolder({ ...good, 'index.html': text }))).toEqual([`index.html: ${problem}`]);
  });

  it('is not an empty folder', () => expect(checkSite(makeFolder({}))).toEqual([expect.stringContaining('no index')]));
});

/** A workspace with what the site needs, and TypeDoc's own types left out. */
const siteFiles = {
  ...optim,
  'packages/optim/src/index.ts':
    '/** Two. Source: a paper.\n *\n * @throws never\n * Golden: a file.\n */\nexport function two(): number { return 2; }\n',
  'packages/optim/README.md': '# @nt/optim\n\nOf [tensor](https://github.com/OWNER/nt/tree/main/packages/tensor).\n',
  'packages/optim/src/tfjs/index.ts': '/** Three. */\nexport const three: number = 3;\n',
  'README.md': '# All\n\nThe [guide](docs/guide/README.md).\n',
  'docs/guide/README.md': '# Guide\n\n[Data](data.md)\n',
  'docs/guide/data.md': '# Data, `all` of it\n\n```\nnt info\n```\n\nBack to the [guide](README.md#guide).\n',
  'docs/decisions/0001-one.md': '# 1. One\n',
  'docs/benchmarks.md': '# Benchmarks\n',
  'examples/README.md': '# Examples\n',
  'apps/cli/README.md': '# The command\n',
  'apps/playground/README.md': '# The playground\n',
  'ARCHITECTURE.md': '# Architecture\n',
  'CONTRIBUTING.md': '# Contributing\n',
  'tools/docs/site.css': '',
  'tools/tsconfig.docs.json': JSON.stringify({
    compilerOptions: {
      module: 'NodeNext',
      customConditions: ['@nt/source'],
      noEmit: true,
      types: [],
      skipLibCheck: true,
    },
    include: ['../packages/*/src'],
  }),
};

async function build(files: Readonly<Record<string, string>>) {
  const { root } = makeWorkspace({ ...siteFiles, ...files });
  mkdirSync(join(root, 'node_modules/@nt'), { recursive: true });
  symlinkSync(join(root, 'packages/tensor'), join(root, 'node_modules/@nt/tensor'), 'junction');
  const said: string[] = [];
  const spies = (['warn', 'error'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((text) => void said.push(String(text))),
  );
  const out = join(root, 'reports/docs');
  const isWell = await buildSite({ root, out });
  for (const spy of spies) spy.mockRestore();
  return { isWell, said: said.join('\n'), read: (page: string) => readFileSync(join(out, page), 'utf8'), out };
}

describe('building the site', () => {
  it('gives pages of modules, documents and functions', { timeout: 60_000 }, async () => {
    const { isWell, said, read, out } = await build({});
    expect(said).toBe('');
    expect(isWell).toBe(true);
    expect(read('modules/_nt_optim.html')).toContain('href="_nt_tensor.html"');
    expect(read('guide/data.html')).toContain('Data, all of it');
    expect(read('functions/_nt_optim.two.html')).toMatch(/<h4[^>]*>Source.*a paper[\s\S]*<h4[^>]*>Golden.*a file/);
    expect(existsSync(join(out, 'decisions/0001-one.html'))).toBe(true);
  });

  it.each([
    [
      'an export without a comment',
      { 'packages/optim/src/tfjs/index.ts': 'export const three: number = 3;\n' },
      'three',
    ],
    ['a link that leads nowhere', { 'docs/guide/data.md': '# Data\n\n[it](README.md#gone)\n' }, 'gone'],
    [
      'a link of a comment',
      { 'packages/optim/src/tfjs/index.ts': '/** {@link Gone} */\nexport const three: number = 3;\n' },
      'Gone',
    ],
  ])('fails for %s', { timeout: 60_000 }, async (_, files, word) => {
    const { isWell, said } = await build(files);
    expect(isWell).toBe(false);
    expect(said).toContain(word);
  });
});
