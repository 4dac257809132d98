import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TextSink } from '../loggers/text-sink.ts';
import { checkOptions } from '../options/check-options.ts';
import { flag, text } from '../options/expectations.ts';
import { writeSafely } from './write-safely.ts';

/** Options of `fileSink`. */
export interface FileSinkOptions {
  /** Continue a file that exists; default false: the first write replaces it. A resumed run needs true. */
  readonly append?: boolean | undefined;
}

/**
 * A text file as a sink. Its folder is made when needed. `replace` writes beside it, syncs, and renames.
 *
 * @throws TrainerError `trainer/unknown-option`, `trainer/bad-option`; the system's error (ENOSPC, EACCES …) from its members
 */
export function fileSink(path: string, options: FileSinkOptions = {}): TextSink {
  checkOptions('fileSink', { path }, { path: text }, ['path']);
  checkOptions('fileSink', options, { append: flag });
  let isBegun = options.append ?? false;
  let hasFolder = false;
  return {
    async write(line) {
      // Also where it goes on: the file may have been moved away together with its folder.
      if (!hasFolder) await mkdir(dirname(path), { recursive: true });
      hasFolder = true;
      await (isBegun ? appendFile(path, line) : writeFile(path, line));
      isBegun = true;
    },
    async read() {
      if (!isBegun) return '';
      return readFile(path, 'utf8').catch((error: { code?: string }) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
    },
    async replace(whole) {
      await writeSafely(path, whole);
      isBegun = true;
    },
  };
}
