import { setMaxListeners } from 'node:events';
import { setTimeout as timer } from 'node:timers/promises';

/** Waits, but not on when the signal aborts. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  // Many jobs wait for one signal; Node would warn of the eleventh as of a leak.
  if (signal) setMaxListeners(0, signal);
  await timer(milliseconds, undefined, signal ? { signal } : {}).catch(() => {});
}
