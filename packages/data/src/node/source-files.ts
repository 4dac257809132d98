import { expandGlob, isPattern } from './expand-glob.ts';
import { isFolder, listFolder } from './list-folder.ts';

/** The files of a folder or of a pattern, in the order in which they are read; null for the path of one file. */
export async function filesOfMany(path: string): Promise<string[] | null> {
  if (isPattern(path)) return expandGlob(path);
  return (await isFolder(path)) ? listFolder(path) : null;
}

/**
 * The files that `readTable` reads for a path, a folder or a pattern, in this order: what has to be the same for another
 * machine to read the same.
 *
 * @throws DataError `data/missing-file` for a folder without data files
 */
export async function sourceFiles(path: string): Promise<string[]> {
  return (await filesOfMany(path)) ?? [path];
}
