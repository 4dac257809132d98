import { stat } from 'node:fs/promises';
import { ifMissing } from './job-files.ts';

/** Knows of leases since when they have not changed. */
export interface LeaseWatch {
  /** Whether a lease did not change for as long as it holds. */
  isOver(file: string): Promise<boolean>;
}

/** @param patience milliseconds, by the clock of this process alone */
export function leaseWatch(patience: number): LeaseWatch {
  const seen = new Map<string, { readonly beat: number; readonly since: number }>();
  return {
    async isOver(file) {
      const beat = (await stat(file).catch(ifMissing(undefined)))?.mtimeMs;
      if (beat === undefined) return false; // the job was forgotten, or is tried anew
      const now = performance.now();
      const known = seen.get(file);
      if (known?.beat !== beat) {
        seen.set(file, { beat, since: now });
        return false;
      }
      if (now - known.since < patience) return false;
      seen.delete(file);
      return true;
    },
  };
}
