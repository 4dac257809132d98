import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * The pages of the repository that the site shows beside the API.
 *
 * @typedef {object} SitePages
 * @property {string} index the first page
 * @property {{ readonly file: string, readonly children: readonly string[] }[]} documents in the order of the navigation
 * @property {Readonly<Record<string, string>>} modules folder of a package → its README, shown with its module
 *
 * @param {string} root
 * @returns {SitePages}
 */
export function sitePages(root) {
  const pagesIn = (/** @type {string} */ folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.md') && file !== 'README.md')
      .map((file) => `${folder}/${file}`);
  const guide = 'docs/guide/README.md';
  return {
    index: 'README.md',
    documents: [
      { file: guide, children: asTold(readFileSync(join(root, guide), 'utf8'), 'docs/guide', pagesIn('docs/guide')) },
      { file: 'examples/README.md', children: [] },
      { file: 'apps/cli/README.md', children: [] },
      { file: 'apps/playground/README.md', children: [] },
      { file: 'docs/benchmarks.md', children: [] },
      { file: 'ARCHITECTURE.md', children: pagesIn('docs/decisions') },
      { file: 'CONTRIBUTING.md', children: [] },
    ],
    modules: Object.fromEntries(
      readdirSync(join(root, 'packages'))
        .filter((folder) => !JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')).private)
        .map((folder) => [`packages/${folder}`, `packages/${folder}/README.md`]),
    ),
  };
}

/**
 * Pages in the order in which a table of contents links them; what it does not link comes last.
 *
 * @param {string} contents
 * @param {string} folder
 * @param {readonly string[]} pages
 */
function asTold(contents, folder, pages) {
  const linked = [...contents.matchAll(/\]\(([^)#]+\.md)/g)].map(([, link]) => posix.join(folder, link ?? ''));
  return [...new Set([...linked.filter((page) => pages.includes(page)), ...pages])];
}

/**
 * Every file that is staged for the site.
 *
 * @param {SitePages} pages
 */
export function filesOf({ index, documents, modules }) {
  return [index, ...documents.flatMap(({ file, children }) => [file, ...children]), ...Object.values(modules)];
}
