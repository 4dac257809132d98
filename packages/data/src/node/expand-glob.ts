import { readdir } from 'node:fs/promises';
import path, { join } from 'node:path';

/** Paths that match a pattern, sorted by code unit; `*` and `?` stand for letters of one name. */
export async function expandGlob(pattern: string): Promise<string[]> {
  const { root, segments } = splitPattern(pattern);
  let paths = [root];
  for (const segment of segments) {
    const next: string[] = [];
    for (const folder of paths) {
      if (!/[*?]/.test(segment)) next.push(join(folder, segment));
      else for (const name of await namesIn(folder)) if (matcher(segment).test(name)) next.push(join(folder, name));
    }
    paths = next;
  }
  return paths.sort();
}

interface GlobParts {
  readonly root: string;
  readonly segments: readonly string[];
}

/**
 * Where a pattern begins, and its names. The begin is not always `/`: Windows has `C:\`, `C:` (the folder in which that
 * drive is now) and `\\server\share\`.
 *
 * @param system the rules of paths, for tests
 */
export function splitPattern(pattern: string, system: Pick<typeof path, 'parse'> = path): GlobParts {
  const { root } = system.parse(pattern);
  const segments = pattern.slice(root.length).split(/[\\/]/);
  return { root, segments: segments.filter((name) => name !== '') };
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
