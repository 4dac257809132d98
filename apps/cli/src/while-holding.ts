import { existsSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { nodeStorage } from '@nt/trainer/storage/node';
import type { Terminal } from './output/terminal.ts';

/**
 * Works with a folder that no other process may work with meanwhile. A lock whose process is gone is taken over. A folder
 * that was made for it and that nothing was written into does not stay.
 *
 * @throws TrainerError `trainer/locked` while another process works there, and what `work` throws
 */
export async function whileHolding<Result>(
  folder: string,
  terminal: Terminal,
  work: () => Promise<Result>,
): Promise<Result> {
  const isNew = !existsSync(folder);
  const lock = await nodeStorage(folder).lock();
  for (const notice of lock.notices) terminal.line(notice);
  try {
    return await work();
  } finally {
    await lock.release();
    if (isNew) await rmdir(folder).catch(() => {}); // refused when there is something in it
  }
}
