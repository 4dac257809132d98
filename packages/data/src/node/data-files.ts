import { expandGlob, isPattern } from './expand-glob.ts';
import { isFolder, listFolder } from './list-folder.ts';

/**
 * The files that `readTable` reads of a path: those of a folder, those that match a pattern, or the path itself, whether
 * it is there or not. For who has to look at them before.
 *
 * @throws DataError `data/missing-file` for a folder without data files, or with several kinds of them
 */
export async function dataFiles(path: string): Promise<string[]> {
  if (isPattern(path)) return expandGlob(path);
  return (await isFolder(path)) ? listFolder(path) : [path];
}
