import { posix } from 'node:path';

/**
 * A page of the repository as a page of the site: links to other pages of the site lead there, also those that are
 * addresses of the repository because a registry shows the page too; links to all other files lead to the repository.
 *
 * @param {string} markdown
 * @param {object} place
 * @param {string} place.file of the page, relative to the root
 * @param {readonly string[]} place.pages the pages of the site
 * @param {readonly string[]} place.images files that are copied beside them
 * @param {string} place.repository address of the repository's page
 */
export function rewriteLinks(markdown, { file, pages, images, repository }) {
  const own = new RegExp(`^${repository.replaceAll('.', '\\.')}/(?:blob|tree)/main/([^#]*)`);
  const folder = posix.dirname(file);
  const rewrite = (/** @type {string} */ link) => {
    const [, path = '', anchor = ''] = /^([^#]*)(.*)$/.exec(link) ?? [];
    const inside =
      own.exec(link)?.[1] ?? (path !== '' && !/^[a-z]+:/i.test(path) ? posix.join(folder, path) : undefined);
    if (inside === undefined) return link;
    const target = inside.replace(/\/$/, '');
    const page = pages.includes(target) ? target : `${target}/README.md`;
    if (pages.includes(page)) return `${relative(folder, page)}${anchor}`;
    if (images.includes(target)) return relative(folder, target);
    return `${repository}/${/\.\w+$/.test(target) ? 'blob' : 'tree'}/main/${target}${anchor}`;
  };
  return outsideCode(markdown, (text) => text.replaceAll(/\]\(([^\s)]+)\)/g, (_, link) => `](${rewrite(link)})`));
}

/**
 * TypeDoc takes a relative link for one only with `./` or `../` in front.
 *
 * @param {string} from
 * @param {string} to
 */
function relative(from, to) {
  const path = posix.relative(from, to);
  return path.startsWith('.') ? path : `./${path}`;
}

/**
 * @param {string} markdown
 * @param {(text: string) => string} change
 */
function outsideCode(markdown, change) {
  return markdown
    .split(/^(```[\s\S]*?^```)/m)
    .map((part) => (part.startsWith('```') ? part : change(part)))
    .join('');
}
