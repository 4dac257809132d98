import { setTimeout as timer } from 'node:timers/promises';

/** Waits, but not on when the signal aborts. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await timer(milliseconds, undefined, signal ? { signal } : {}).catch(() => {});
}
