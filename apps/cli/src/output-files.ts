import { constants, existsSync, realpathSync, statfsSync, statSync } from 'node:fs';
import { access, mkdir, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeSafely } from '@nt/forecast/node';
import { UsageError } from './usage-error.ts';

/**
 * Looks whether files can be written, and changes nothing: what takes minutes to compute must not be lost to a mistyped
 * path. Folders that are not there yet are made by `writeFileSafely`.
 *
 * @param files paths by flag
 * @throws UsageError naming the flag
 */
export async function checkWritable(files: Readonly<Record<string, string | undefined>>): Promise<void> {
  for (const [flag, path] of Object.entries(files)) {
    if (path === undefined) continue;
    const there = existsSync(path) ? statSync(path) : undefined;
    if (there?.isDirectory()) throw new UsageError(`${flag} ${path}: this is a folder; name a file in it.`);
    // A device or a pipe is written to where it is; a link leads to where the file is replaced.
    if (there === undefined) await checkFolder(`${flag} ${path}`, dirname(resolve(path)));
    else if (there.isFile()) await checkFolder(`${flag} ${path}`, dirname(realpathSync(path)));
  }
}

/** Linux's proc and sysfs: root may write there, nothing can be made there, and Node's `mkdir` tries again for ever. */
const ofTheKernel: readonly number[] = [0x9fa0, 0x62656572];

/** The same for a folder that is written into. @throws UsageError */
export async function checkFolder(what: string, folder: string): Promise<void> {
  let existing = resolve(folder);
  while (!existsSync(existing)) existing = dirname(existing);
  if (!statSync(existing).isDirectory())
    throw new UsageError(`${what}: '${existing}' is a file, so there can be no folder of that name.`);
  if (ofTheKernel.includes(statfsSync(existing).type))
    throw new UsageError(`${what}: '${existing}' is made by the system and takes no files.`);
  try {
    await access(existing, constants.W_OK);
  } catch {
    throw new UsageError(`${what}: writing into '${existing}' is not allowed.`);
  }
}

/** Replaces a file, or makes it and its folder; at any moment it is there whole or not at all. */
export async function writeFileSafely(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeSafely(path, content);
}

/** Removes a folder if it is there. Windows refuses for moments while a virus scanner looks at a file: it is tried again. */
export const removeFolder = (path: string): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 5 });
