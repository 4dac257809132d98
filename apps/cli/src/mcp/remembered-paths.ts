import { join } from 'node:path';
import { readJsonFile } from '../read-json-file.ts';

/** What the files of a folder would have a call read or write beside the folder itself. */
export interface Remembered {
  /** The file that it was trained on; of versions that kept it elsewhere, too. */
  readonly sources: readonly string[];
  /** Pictures, logs and checkpoints that a resumed run writes. */
  readonly written: readonly string[];
  /** Whether a query is asked of the next file. */
  readonly hasQuery: boolean;
}

/** Files in which a model says how it reads. */
const modelRecords = ['config.json', 'model.json'];
/** Files in which a run says what it reads and writes. */
const runRecords = ['run.json', 'backtest.json', 'optimize.json'];
/** Files by which a folder is known to be one of the command's. */
export const recordNames: readonly string[] = [...modelRecords, ...runRecords];

const readBy = ['source', 'data'];
const writtenBy = ['checkpointDir', 'logCsv', 'logJsonl', 'tensorboard', 'plot', 'report', 'output'];

/** Looks through everything that a folder remembers: it may have come from someone else. */
export async function rememberedPaths(folder: string): Promise<Remembered> {
  const texts: (readonly [key: string, text: string])[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      if (typeof item === 'string') texts.push([key, item]);
      else look(item);
    }
  };
  for (const name of runRecords) look(await readJsonFile(join(folder, name)));
  const ofKeys = (keys: readonly string[]) => texts.filter(([key]) => keys.includes(key)).map(([, text]) => text);
  const [sources, written] = [ofKeys(readBy), ofKeys(writtenBy)];
  for (const name of modelRecords) look(await readJsonFile(join(folder, name)));
  return { sources, written, hasQuery: ofKeys(['sql']).length > 0 };
}
