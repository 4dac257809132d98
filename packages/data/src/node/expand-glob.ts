import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths that match a pattern, sorted by code unit; `*` and `?` stand for letters of one name. */
export async function expandGlob(pattern: string): Promise<string[]> {
  const segments = pattern.split(/[\\/]/);
  let paths = [pattern.startsWith('/') ? '/' : ''];
  for (const segment of segments.filter((name) => name !== '')) {
    const next: string[] = [];
    for (const folder of paths) {
      if (!/[*?]/.test(segment)) next.push(join(folder, segment));
      else for (const name of await namesIn(folder)) if (matcher(segment).test(name)) next.push(join(folder, name));
    }
    paths = next;
  }
  return paths.sort();
}

/** A segment before a wildcard may not exist, or be a file: nothing matches below it. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder === '' ? '.' : folder);
  } catch {
    return [];
  }
}

function matcher(segment: string): RegExp {
  const source = segment
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}
