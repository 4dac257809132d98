import { TrainerError } from '../../trainer-error.ts';
import type { StorageLock } from '../checkpoint-storage.ts';
import type { BrowserScope } from './browser-apis.ts';

/**
 * Takes a Web Lock, which all pages and workers of the site see. The browser frees it when its page goes away, so
 * there are no stale ones to take over.
 */
export async function lockOrigin(location: string, { navigator }: BrowserScope): Promise<StorageLock> {
  const locks = navigator?.locks;
  if (!locks) {
    throw new TrainerError(
      'trainer/storage',
      `${location} needs Web Locks (navigator.locks); serve the page over https.`,
    );
  }
  return new Promise((resolve, reject) => {
    const held = locks.request(`nt-trainer:${location}`, { ifAvailable: true }, (lock) => {
      if (!lock) throw lockedElsewhere(location);
      return new Promise<void>((release) => {
        resolve({ notices: [], release: () => Promise.resolve(release()).then(() => held) });
      });
    });
    held.catch(reject);
  });
}

function lockedElsewhere(location: string): TrainerError {
  return new TrainerError(
    'trainer/locked',
    `${location} is in use by another run of this site, in this page, a worker or another tab. End it, or choose another folder.`,
    { location },
  );
}
