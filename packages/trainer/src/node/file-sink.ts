import { appendFile, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TextSink } from '../loggers/text-sink.ts';
import { renameOver } from './rename-over.ts';

/** Options of `fileSink`. */
export interface FileSinkOptions {
  /** Continue a file that exists; default false: the first write replaces it. A resumed run needs true. */
  readonly append?: boolean;
}

/**
 * A text file as a sink. Its folder is made when needed. `replace` writes beside it, syncs, and renames.
 *
 * @throws the system's error (ENOSPC, EACCES …) from its members
 */
export function fileSink(path: string, options: FileSinkOptions = {}): TextSink {
  let isBegun = options.append ?? false;
  return {
    async write(text) {
      if (!isBegun) {
        await mkdir(dirname(path), { recursive: true });
        await rm(path, { force: true });
      }
      isBegun = true;
      await appendFile(path, text);
    },
    async read() {
      if (!isBegun) return '';
      return readFile(path, 'utf8').catch((error: { code?: string }) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
    },
    async replace(text) {
      await mkdir(dirname(path), { recursive: true });
      const file = await open(`${path}.partial`, 'w');
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await renameOver(`${path}.partial`, path);
      isBegun = true;
    },
  };
}
