import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** What differs between systems; given by tests. */
export interface GlobSystem {
  readonly path: Pick<typeof path, 'parse' | 'join' | 'sep'>;
  /** Names in a folder; none where there is no such folder, or it is a file. */
  namesIn(folder: string): Promise<readonly string[]>;
}

const thisSystem: GlobSystem = { path, namesIn };

/** Whether a path names several files: `?` of `\\?\C:\data.csv` is no wildcard. */
export function isPattern(text: string, system: GlobSystem = thisSystem): boolean {
  return splitPattern(text, system.path).segments.some((segment) => /[*?]/.test(segment));
}

/** Paths that match a pattern, sorted by code unit; `*` and `?` stand for letters of one name. */
export async function expandGlob(pattern: string, system: GlobSystem = thisSystem): Promise<string[]> {
  const { root, segments } = splitPattern(pattern, system.path);
  // `join` would make the root of the drive of `d:`, which is the folder in which that drive is now.
  const join = (folder: string, name: string) =>
    /^[A-Za-z]:$/.test(folder) ? folder + name : system.path.join(folder, name);
  let paths = [root];
  for (const segment of segments) {
    const next: string[] = [];
    for (const folder of paths) {
      if (!/[*?]/.test(segment)) next.push(join(folder, segment));
      else
        for (const name of await system.namesIn(folder))
          if (matcher(segment, system).test(name)) next.push(join(folder, name));
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

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder === '' ? '.' : folder);
  } catch {
    return [];
  }
}

/** Names of Windows are the same in capitals. */
function matcher(segment: string, system: GlobSystem): RegExp {
  const source = segment
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, system.path.sep === '\\' ? 'i' : '');
}
