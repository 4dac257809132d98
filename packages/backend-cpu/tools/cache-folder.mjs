import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder in .cache at the root of the repository, and a way to work in an empty one within it. */
export function cacheFolder(name) {
  const cache = fileURLToPath(new URL(`../../../.cache/${name}`, import.meta.url));
  /** In the cache, so that what is finished can be moved; on another disk it could not. */
  const inFolder = (make) => {
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(path.join(cache, 'unfinished-'));
    try {
      make(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return { cache, inFolder };
}
