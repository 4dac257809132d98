import { setTimeout as wait } from 'node:timers/promises';

/** Waits in all about a second; what is held longer is held for good. */
const attempts = 9;
const longestWait = 200;

/**
 * Renames a file or folder, several times if need be: Windows refuses while a virus scanner, an indexer or an editor has
 * it open, if only for a moment.
 */
export async function renamePatiently(
  rename: (from: string, to: string) => Promise<void>,
  from: string,
  to: string,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const isHeld = ['EPERM', 'EACCES', 'EBUSY'].includes((error as { code?: string }).code ?? '');
      if (!isHeld || attempt === attempts) throw error;
      await wait(Math.min(longestWait, 5 * 2 ** attempt));
    }
  }
}
