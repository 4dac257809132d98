import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pageOf, placeholder, slugOf } from '../../release/repository.mjs';
import type { Manifest } from './manifest.ts';
import { readText, type Violation, type Workspace } from './workspace.ts';

/**
 * Links in Markdown lead somewhere. Inside the repository: to a file or folder that is there, and to a heading in it.
 * A published README is also read on the registry's page, where a relative link may lead nowhere: there they are
 * addresses, and those of this repository's own page are looked up here. Other sites are not asked: a test that needs
 * them fails with their weather.
 */
export function checkLinks(workspace: Workspace): Violation[] {
  const page = ownPage(workspace);
  const published = workspace.packages
    .filter(({ manifest }) => !manifest.private)
    .map(({ folder }) => `${folder}/README.md`);
  return workspace.files
    .filter((file) => file.endsWith('.md') && !file.startsWith('.changeset/') && !file.endsWith('CHANGELOG.md'))
    .flatMap((file) =>
      readLinks(readText(workspace, file)).flatMap(({ line, link }) => {
        const problem = problemOf(workspace, file, link, page, published.includes(file));
        return problem ? [`${file}:${line}: ${link}: ${problem}`] : [];
      }),
    );
}

function ownPage({ root }: Workspace): string {
  const slug = slugOf(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest);
  return pageOf(slug ?? 'unknown/unknown');
}

function problemOf(
  workspace: Workspace,
  file: string,
  link: string,
  page: string,
  isPublished: boolean,
): string | undefined {
  const [, path, anchor = ''] = /^([^#]*)#?(.*)$/.exec(link) ?? [];
  if (!path) return problemOfTarget(workspace, file, anchor);
  if (path.startsWith(page)) {
    const inside = path.slice(page.length).replace(/^\/(?:blob|tree)\/main\//, '');
    return /^\/(?:issues|$)/.test(inside) || inside === '' ? undefined : problemOfTarget(workspace, inside, anchor);
  }
  if (`${path}/`.startsWith(`${pageOf(placeholder)}/`))
    return `this repository is ${page} now; run npm run set-repository`;
  if (/^[a-z]+:/.test(path)) return undefined;
  const target = posix.join(posix.dirname(file), decodeURI(path));
  if (!isPublished) return problemOfTarget(workspace, target, anchor);
  const kind = /\.\w+$/.test(target) ? 'blob' : 'tree';
  return `relative, and this page is also shown by the registry: ${page}/${kind}/main/${target}`;
}

function problemOfTarget({ root }: Workspace, target: string, anchor: string): string | undefined {
  const path = join(root, target);
  if (!existsSync(path)) return `there is no ${target}`;
  if (!anchor || statSync(path).isDirectory() || !target.endsWith('.md')) return undefined;
  return headingsOf(readFileSync(path, 'utf8')).includes(anchor) ? undefined : `${target} has no heading #${anchor}`;
}

/** Headings as GitHub and npm name them in addresses. */
function headingsOf(markdown: string): string[] {
  return withoutCode(markdown)
    .split('\n')
    .flatMap((line) => /^#{1,6}\s+(.*)$/.exec(line)?.[1] ?? [])
    .map((title) =>
      title
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    );
}

/** Links, images and addresses of references, with the line they stand in. */
export function readLinks(markdown: string): { readonly line: number; readonly link: string }[] {
  const patterns = [/\]\(\s*<?([^\s)>]+)>?[^)]*\)/g, /^\[[^\]]+\]:\s*(\S+)/gm, /\b(?:src|href)="([^"]+)"/g];
  const text = withoutCode(markdown);
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 1: link = '', index }) => ({
      line: text.slice(0, index).split('\n').length,
      link,
    })),
  );
}

/** Code shows links of others, or what only looks like one: its lines are emptied, so that line numbers stay. */
function withoutCode(markdown: string): string {
  const blank = (code: string): string => code.replaceAll(/[^\n]/g, ' ');
  return markdown
    .replaceAll('\r\n', '\n')
    .replace(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1/gm, blank)
    .replace(/`[^`\n]+`/g, (code) => (/^`[\w./@ -]+`$/.test(code) ? code : blank(code)));
}
