import { DataError } from '../data-error.ts';
import type { Incoming } from './load-bytes.ts';
import { stdinPath } from './source-kind.ts';

/** What is piped into this process. @throws DataError `data/missing-file` when a person would have to type it */
export function readStdin(): Incoming {
  if (process.stdin.isTTY)
    throw new DataError('data/missing-file', `${stdinPath}: nothing is piped in; pipe a file, or name one.`, {
      file: stdinPath,
    });
  return { name: 'stdin', chunks: process.stdin as AsyncIterable<Uint8Array> };
}
