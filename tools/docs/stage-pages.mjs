import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { pageOf, slugOf } from '../release/repository.mjs';
import { rewriteLinks } from './rewrite-links.mjs';
import { filesOf } from './site-pages.mjs';

/**
 * Copies the pages of the site to a folder, as TypeDoc wants them: with their titles and what hangs below them in front,
 * and with links that lead to each other.
 *
 * @param {string} root
 * @param {string} target
 * @param {import('./site-pages.mjs').SitePages} pages
 */
export function stagePages(root, target, pages) {
  rmSync(target, { recursive: true, force: true });
  const files = filesOf(pages);
  const texts = files.map((file) => ({ file, text: readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n') }));
  const images = texts.flatMap(({ file, text }) => imagesOf(root, file, text));
  for (const image of images) copy(join(root, image), join(target, image));

  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const place = { pages: files, images, repository: pageOf(slugOf(manifest) ?? 'unknown/unknown') };
  const children = new Map(pages.documents.map((document) => [document.file, document.children]));
  const readmes = Object.values(pages.modules);
  for (const { file, text } of texts) {
    const body = plainFences(rewriteLinks(text, { file, ...place }));
    if (file === pages.index) write(join(target, file), body);
    // A package's page stands below the title of its module.
    else if (readmes.includes(file)) write(join(target, file), body.replace(/^# .*\n/, ''));
    else write(join(target, file), titled(body, file, children.get(file) ?? []));
  }
}

/**
 * A document with its front matter. Code marks in a title would end that for TypeDoc, and vanish from its lists.
 *
 * @param {string} body
 * @param {string} file
 * @param {readonly string[]} children
 */
function titled(body, file, children) {
  const title = (/^# (.*)$/m.exec(body)?.[1] ?? file).replaceAll('`', '');
  const paths = children.map((child) => `  - ${JSON.stringify(posix.relative(posix.dirname(file), child))}\n`);
  const below = paths.length > 0 ? `children:\n${paths.join('')}` : '';
  return `---\ntitle: ${JSON.stringify(title)}\n${below}---\n\n${body.replace(/^# .*$/m, `# ${title}`)}`;
}

/**
 * A block without a language is what a terminal shows; TypeDoc would colour it as TypeScript.
 *
 * @param {string} markdown
 */
function plainFences(markdown) {
  return markdown.replaceAll(
    /^```(\w*)\n([\s\S]*?^```)/gm,
    (_, language, rest) => `\`\`\`${language || 'text'}\n${rest}`,
  );
}

/**
 * @param {string} root
 * @param {string} file
 * @param {string} text
 */
function imagesOf(root, file, text) {
  const links = [...text.matchAll(/!\[[^\]]*\]\(([^\s):]+)\)/g)].map(([, link = '']) => link);
  return links.map((link) => posix.join(posix.dirname(file), link)).filter((image) => existsSync(join(root, image)));
}

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/**
 * @param {string} from
 * @param {string} to
 */
function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
