import { rename } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds between the attempts, half a second in all: as long as a virus scanner or an indexer holds a file. */
const pauses = [5, 15, 40, 100, 350];
const heldByOthers = ['EPERM', 'EACCES', 'EBUSY'];

/** What `renameOver` depends on; tests pass their own. */
export interface RenameHost {
  /** as `process.platform` */
  readonly platform: string;
  readonly rename: (from: string, to: string) => Promise<void>;
}

/**
 * Renames a file or folder, over a file that is there. Windows refuses while anybody has one of them open, if only to
 * read it; it is then tried again for half a second. Elsewhere such a refusal is final.
 *
 * @throws the system's error of the last attempt
 */
export async function renameOver(
  from: string,
  to: string,
  host: RenameHost = { platform: process.platform, rename },
): Promise<void> {
  for (const pause of host.platform === 'win32' ? pauses : []) {
    try {
      return await host.rename(from, to);
    } catch (error) {
      if (!heldByOthers.includes((error as { code?: string }).code ?? '')) throw error;
    }
    await wait(pause);
  }
  await host.rename(from, to);
}
