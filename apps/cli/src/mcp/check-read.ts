import { existsSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dataFiles } from '@nt/data/node';
import type { AllowedFolders } from './allowed-folders.ts';
import { isOurs, type Remembered, rememberedPaths } from './remembered-paths.ts';
import { ToolError } from './tool-error.ts';

/**
 * The files that a place names as data: a file, a folder, a pattern of names in a folder.
 *
 * @throws ToolError `mcp/not-allowed` when one of them leads out, or is more than a file
 */
export async function dataAt(folders: AllowedFolders, argument: string, place: string): Promise<readonly string[]> {
  if (/[*?]/.test(dirname(place)))
    throw refused(argument, `'${folders.shown(place)}': * and ? stand for names of files, not of folders`);
  const files: string[] = [];
  for (const file of await dataFiles(place)) {
    const real = await folders.place(argument, file);
    const found = await lstat(real).catch(() => undefined);
    // A pipe would be waited for, a device never ends.
    if (found !== undefined && !found.isFile() && !found.isDirectory())
      throw refused(argument, `'${folders.shown(real)}' is no plain file`);
    if (/\.(duckdb|db)$/i.test(real))
      throw refused(
        argument,
        `'${folders.shown(real)}' is a database, which could read other files; ask for the table as a file (.csv .parquet)`,
      );
    files.push(real);
  }
  return files;
}

/** A folder of the command, of which the call reads no more than what is in it; or data. */
export async function recordsAt(folders: AllowedFolders, argument: string, place: string): Promise<readonly string[]> {
  const hasCheckpoints = existsSync(join(place, 'checkpoints'));
  return hasCheckpoints || (await isOurs(place))
    ? runAt(folders, argument, place, [])
    : dataAt(folders, argument, place);
}

const nothing: Remembered = { sources: [], written: [], hasQuery: false };

/** What a folder remembers and a call would do: ask a query, read the data that it was made of, write logs and pictures. */
export type RememberedUse = 'query' | 'data' | 'writing';

/**
 * A folder of a model or a run.
 *
 * @param uses what the call does of what the folder remembers
 * @returns it, and the data that it remembers
 * @throws ToolError `mcp/not-allowed` when something in it leads out, or it remembers what may not be read or written
 */
export async function runAt(
  folders: AllowedFolders,
  argument: string,
  place: string,
  uses: readonly RememberedUse[],
): Promise<readonly string[]> {
  const found = await lstat(place).catch(() => undefined);
  if (!found?.isDirectory()) return [place]; // the verb says what is wrong with it
  await folders.checkInside(argument, place);
  const { sources, written, hasQuery } = uses.length === 0 ? nothing : await rememberedPaths(argument, place);
  const shown = folders.shown(place);
  if (hasQuery && uses.includes('query'))
    throw refused(argument, `'${shown}' asks its data a query (sql), which could read other files; train on a file`);
  const read: string[] = [];
  for (const source of uses.includes('data') ? sources : []) {
    const what = `the data that ${argument} '${shown}' was made of`;
    read.push(...(await dataAt(folders, what, await folders.place(what, source))));
  }
  for (const path of uses.includes('writing') ? written : [])
    await folders.place(`what ${argument} '${shown}' goes on to write`, path);
  return [place, ...read];
}

const refused = (argument: string, why: string): ToolError =>
  new ToolError('mcp/not-allowed', `${argument}: ${why}.`, { argument });
