import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { EventSink } from '../event-sink.ts';

/** An event file on disk. */
export interface EventFile extends EventSink {
  /** The file's path, below the folder that was asked for. */
  readonly path: string;
}

/**
 * Creates a new event file in a run's folder, which TensorBoard finds by its name. An existing file is never touched: a
 * resumed run gets a file of its own, and TensorBoard joins them.
 *
 * Records are handed to the operating system at once, so they survive the end of the process; `close` also syncs
 * them to the disk.
 *
 * @param folder one run; created if need be
 * @param clock milliseconds since 1970, for the name; default `Date.now`
 * @throws the file system's own errors (no space, no permission), also from `write`
 */
export function openEventFile(folder: string, clock: () => number = Date.now): EventFile {
  mkdirSync(folder, { recursive: true });
  const { path, descriptor } = createFile(folder, Math.floor(clock() / 1000));
  return {
    path,
    write: (bytes) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    },
    close: () => {
      fsyncSync(descriptor);
      closeSync(descriptor);
    },
  };
}

function createFile(folder: string, seconds: number): { path: string; descriptor: number } {
  for (let attempt = 0; ; attempt += 1) {
    const name = `events.out.tfevents.${String(seconds).padStart(10, '0')}.${hostname()}.${process.pid}.${attempt}`;
    const path = join(folder, name);
    try {
      return { path, descriptor: openSync(path, 'wx') };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
