import { type CheckpointStorage, fit, listCheckpoints, readCheckpoint, train } from '../../src/index.ts';
import { browserStorage, indexedDbStorage, opfsStorage } from '../../src/storage/browser/index.ts';
import { storageCases } from '../../src/storage/conformance/index.ts';
import { memoryStorage } from '../../src/storage/memory/index.ts';
import { type ToyRun, toyRun } from '../toy/toy-run.ts';

/** Which storage a page uses; `chosen` is what the browser is best at. */
export type StorageKind = 'opfs' | 'indexedDb' | 'chosen';

const kinds: Record<StorageKind, (folder: string) => CheckpointStorage> = {
  opfs: opfsStorage,
  indexedDb: indexedDbStorage,
  chosen: browserStorage,
};

/** Files of a checkpoint, each as comparable text. */
export type FileTexts = Readonly<Record<string, string>>;

/** What the tests call in the page; parameters and results are JSON. */
export interface InPage {
  locate(kind: StorageKind): string;
  /** What of the contract is not kept. */
  contract(kind: StorageKind): Promise<string[]>;
  /** Codes of the errors of two locks, one after the other. */
  lockTwice(kind: StorageKind): Promise<string[]>;
  /** Never returns: the page is closed while it trains. */
  trainUntilClosed(kind: StorageKind): Promise<void>;
  resume(
    kind: StorageKind,
    moreUpdates: number,
  ): Promise<{ broken: number; resumedAt: number; updates: number; newest: FileTexts }>;
  uninterrupted(updates: number): Promise<FileTexts>;
}

const checkpointsIn = (storage: CheckpointStorage, more: object = {}): ToyRun =>
  toyRun({ checkpoint: { storage, everyUpdates: 2 }, ...more }, { model: { hidden: 2 } });

async function newest(storage: CheckpointStorage): Promise<FileTexts> {
  const name = (await storage.list()).at(-1)!;
  const texts: Record<string, string> = {};
  for (const file of await storage.files(name)) {
    if (file !== 'manifest.json') texts[file] = [...(await storage.read(name, file))].join();
  }
  return texts;
}

const inPage: InPage = {
  locate: (kind) => kinds[kind]('place').location,

  async contract(kind) {
    const problems: string[] = [];
    for (const { name, run } of storageCases) {
      await run((place) => kinds[kind](place)).catch((error: Error) => problems.push(`${name}: ${error.message}`));
    }
    return problems;
  },

  async lockTwice(kind) {
    const code = (): Promise<string> =>
      kinds[kind]('refused')
        .lock()
        .then(
          () => 'locked',
          (error: { readonly code: string }) => error.code,
        );
    return [await code(), await code()];
  },

  async trainUntilClosed(kind) {
    const { options } = checkpointsIn(kinds[kind](`parts-${kind}`), { maxEpochs: 1e6 });
    for await (const event of train(options)) {
      if (event.type === 'update-end') Object.assign(globalThis, { updates: event.update });
    }
  },

  async resume(kind, moreUpdates) {
    const storage = kinds[kind](`parts-${kind}`);
    const broken = (await listCheckpoints(storage)).filter(({ problem }) => problem !== null).length;
    const resumedAt = (await readCheckpoint(storage, 'last')).manifest.update;
    const { options } = checkpointsIn(storage, { maxUpdates: resumedAt + moreUpdates, resumeFrom: 'last' });
    const { updates } = await fit(options);
    return { broken, resumedAt, updates, newest: await newest(storage) };
  },

  async uninterrupted(updates) {
    const storage = memoryStorage();
    await fit(checkpointsIn(storage, { maxUpdates: updates }).options);
    return newest(storage);
  },
};

Object.assign(globalThis, { inPage });
