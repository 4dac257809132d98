import { existsSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { dirname, extname, relative } from 'node:path';
import type { AllowedFolders } from './allowed-folders.ts';
import { isOurs } from './remembered-paths.ts';
import { ToolError } from './tool-error.ts';

/** Looks whether a file may be written, which the verb itself would replace. @throws ToolError */
export async function checkNewFile(
  folders: AllowedFolders,
  argument: string,
  place: string,
  { endings, overwrite }: { readonly endings: readonly string[]; readonly overwrite: boolean },
): Promise<void> {
  refuseHidden(folders, argument, place);
  const shown = folders.shown(place);
  if (!endings.includes(extname(place).toLowerCase()))
    throw new ToolError(
      'mcp/bad-argument',
      `${argument}: '${shown}': expected a name that ends in ${endings.join(' ')}, found ${extname(place) || 'no ending'}.`,
      { argument },
    );
  const found = await lstat(place).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isFile()) throw taken(argument, `'${shown}' is no file`);
  if (await isInOurs(folders, dirname(place))) throw taken(argument, `'${shown}' is part of a model or a run`);
  if (!overwrite)
    throw taken(argument, `the file '${shown}' is there already`, ', or give overwrite: true to replace it');
}

/** Looks whether a folder may be written into: one that is new, empty, or of the command. @throws ToolError */
export async function checkNewFolder(folders: AllowedFolders, argument: string, place: string): Promise<void> {
  refuseHidden(folders, argument, place);
  const shown = folders.shown(place);
  if (!existsSync(place)) return;
  const names = await readdir(place).catch(() => undefined);
  if (names === undefined) throw taken(argument, `'${shown}' is a file`);
  // What is replaced in a folder of ours would be lost in one of someone else.
  if (names.length > 0 && !(await isOurs(place))) throw taken(argument, `the folder '${shown}' holds other files`);
  await folders.checkInside(argument, place);
}

/** Whether a folder is one of a model or a run, or lies in one. */
async function isInOurs(folders: AllowedFolders, folder: string): Promise<boolean> {
  if (await isOurs(folder)) return true;
  return !folders.roots.includes(folder) && dirname(folder) !== folder && isInOurs(folders, dirname(folder));
}

/** Settings of programs, hooks of git and the like are not what results are written over. */
function refuseHidden(folders: AllowedFolders, argument: string, place: string): void {
  const inside = folders.roots.map((root) => relative(root, place)).find((path) => !path.startsWith('..'))!;
  if (!inside.split(/[\\/]/).some((name) => name.startsWith('.'))) return;
  throw new ToolError(
    'mcp/not-allowed',
    `${argument}: '${folders.shown(place)}' is hidden (a name begins with a dot); nothing is written there. Choose another name.`,
    { argument },
  );
}

const taken = (argument: string, what: string, remedy = ''): ToolError =>
  new ToolError('mcp/exists', `${argument}: ${what}; choose another name${remedy}.`, { argument });
