import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../data-error.ts';
import { tableFormat } from '../source/table-format.ts';

/** Whether a path is a folder that there is. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * The data files of a folder, by name: those of one ending, as others beside them are mostly notes.
 *
 * @throws DataError `data/missing-file` when there are none, or files of several endings
 */
export async function listFolder(path: string): Promise<string[]> {
  const byEnding = new Map<string, string[]>();
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.isDirectory() || !isData(entry.name)) continue;
    const ending = /\.([^.]+)(\.gz|\.zst)?$/i.exec(entry.name)![1]!.toLowerCase();
    const found = byEnding.get(ending) ?? [];
    if (found.push(join(path, entry.name)) === 1) byEnding.set(ending, found);
  }
  const endings = [...byEnding.keys()].sort();
  if (endings.length === 1) return byEnding.get(endings[0]!)!.sort();
  const found = endings.map((ending) => `${byEnding.get(ending)!.length} .${ending}`).join(', ');
  const message =
    endings.length === 0
      ? `${path}: this is a folder without a data file; name a file.`
      : `${path}: this is a folder with ${found}; name those that are meant: ${join(path, `*.${endings[0]}`)}.`;
  throw new DataError('data/missing-file', message, { file: path });
}

function isData(name: string): boolean {
  try {
    tableFormat(name);
    return true;
  } catch {
    return false;
  }
}
