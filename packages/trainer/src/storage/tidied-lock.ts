import type { StorageLock } from './checkpoint-storage.ts';

/** A lock whose holder tidies up first. Where that fails it is given back: whoever asked would never release it. */
export async function tidiedLock(lock: StorageLock, tidyUp: () => Promise<void>): Promise<StorageLock> {
  try {
    await tidyUp();
    return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
}
