import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ToolError } from './tool-error.ts';

/** What the files of a folder would have a call read or write beside the folder itself. */
export interface Remembered {
  /** The file that it was trained on; of versions that kept it elsewhere, too. */
  readonly sources: readonly string[];
  /** Pictures, logs and checkpoints that a resumed run writes. */
  readonly written: readonly string[];
  /** Whether a query is asked of the next file. */
  readonly hasQuery: boolean;
}

/** Files in which a run says what it reads and writes. */
const runRecords = ['run.json', 'backtest.json', 'optimize.json'];
/** The same, and those in which a model says how it reads. */
const recordNames = ['config.json', 'model.json', ...runRecords];

const readBy = ['source', 'data'];
const writtenBy = ['checkpointDir', 'logCsv', 'logJsonl', 'tensorboard', 'plot', 'report', 'output'];

/** Whether a folder is one that the command has written: others have a `config.json`, too. */
export async function isOurs(folder: string): Promise<boolean> {
  for (const name of recordNames) {
    const record = await readRecord(join(folder, name)).catch(() => undefined);
    const format = (record as { readonly format?: unknown } | null | undefined)?.format;
    if (typeof format === 'string' && format.startsWith('nt-')) return true;
  }
  return false;
}

/**
 * Looks through everything that a folder, and the members of a blend in it, remember: it may have come from someone else.
 *
 * @throws ToolError for a record that cannot be read: a verb might read it otherwise
 */
export async function rememberedPaths(argument: string, folder: string): Promise<Remembered> {
  const [ofRuns, all]: [Found, Found] = [new Map(), new Map()];
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    if (!recordNames.includes(basename(name))) continue;
    const record = await readRecord(join(folder, name)).catch(() => {
      throw new ToolError('mcp/not-allowed', `${argument}: ${name} in it cannot be read as JSON; it is damaged.`, {
        argument,
      });
    });
    look(record, all);
    if (runRecords.includes(name)) look(record, ofRuns);
  }
  const texts = (keys: readonly string[]): readonly string[] => keys.flatMap((key) => ofRuns.get(key) ?? []);
  return { sources: texts(readBy), written: texts(writtenBy), hasQuery: all.has('sql') };
}

/** Texts by the key that they have, however deep. */
type Found = Map<string, string[]>;

function look(value: unknown, found: Found): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === 'string') found.set(key, [...(found.get(key) ?? []), item]);
    else look(item, found);
  }
}

/** As the libraries read it, which see no difference in a mark at the beginning. Undefined where there is none. */
async function readRecord(path: string): Promise<unknown> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return undefined;
    throw error;
  });
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as unknown);
}
