import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * Links of a built site lead somewhere: to a file that is there and to a place in it. None begins at the root of the
 * server, so that the site works from any folder of one. Other sites are not asked.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function checkSite(folder) {
  const files = listFiles(folder);
  const pages = files.filter((file) => file.endsWith('.html'));
  const texts = new Map(pages.map((page) => [page, readFileSync(join(folder, page), 'utf8')]));
  /** @type {Map<string, Set<string>>} */
  const places = new Map();
  for (const [page, text] of texts)
    places.set(page, new Set([...text.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id)));
  if (!texts.has('index.html')) return [`${folder}: there is no index.html`];
  return [...texts].flatMap(([page, text]) =>
    linksOf(text).flatMap((link) => {
      const problem = problemOf(page, link);
      return problem ? [`${page}: ${link}: ${problem}`] : [];
    }),
  );

  /**
   * @param {string} page
   * @param {string} link
   */
  function problemOf(page, link) {
    if (/^(?:[a-z]+:|\/\/)/i.test(link)) return undefined;
    if (/^\//.test(link)) return 'begins at the root of the server';
    const [, path = '', place = ''] = /^([^#?]*)(?:\?[^#]*)?#?(.*)$/.exec(link) ?? [];
    const target = path === '' ? page : posix.join(posix.dirname(page), decodeURI(path));
    if (!existsSync(join(folder, target)) || statSync(join(folder, target)).isDirectory())
      return `there is no ${target}`;
    const known = places.get(target);
    return place === '' || !known || known.has(decodeURIComponent(place)) ? undefined : `${target} has no #${place}`;
  }
}

/** @param {string} html */
function linksOf(html) {
  const links = [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
  return [...new Set(links)];
}

/** @param {string} folder */
function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
}
