import { type CheckpointStorage, TrainerError } from '@nt/trainer';
import { memoryStorage } from '@nt/trainer/storage/memory';
import type { ReadOptions } from './file-messages.ts';
import { updatesKept } from './member-storage.ts';
import type { KeptRun, TrainRequest, WorkerTrainEvent } from './messages.ts';

/** Opens a place for checkpoints by name. */
export type OpenStorage = (folder: string) => CheckpointStorage;

/** What is kept beside the checkpoints. */
interface RunFile {
  readonly format: 'nt-worker-run';
  readonly version: 1;
  readonly name: string;
  readonly options: ReadOptions;
  readonly request: TrainRequest;
}

/** The data of a run that a page works on. */
export interface OpenData {
  readonly file: Blob;
  readonly name: string;
  readonly options: ReadOptions;
}

const entry = 'run';
const placeOf = (open: OpenStorage, keep: string): CheckpointStorage => open(`${keep}.run`);

/** Where a run's checkpoints go. */
export interface RunPlace {
  readonly checkpoints: CheckpointStorage;
  /** Whether there are some already, to go on from. */
  readonly resume: boolean;
  /** Whether they outlive the worker. */
  readonly isKept: boolean;
}

/**
 * Makes the place of a run ready, and keeps what a page that was reloaded needs to go on. A browser that refuses (private
 * windows do, a full one does) costs that, not the training: the checkpoints are held in memory, and the page is told.
 *
 * @throws TrainerError `trainer/locked` while another tab trains there
 */
export async function placeOfRun(
  open: OpenStorage,
  request: TrainRequest,
  data: OpenData,
  tell: (event: WorkerTrainEvent) => void,
): Promise<RunPlace> {
  const { keep } = request;
  if (keep === undefined) return { checkpoints: memoryStorage(), resume: false, isKept: false };
  if (request.resume === true && (await open(keep).list()).length > 0)
    return { checkpoints: open(keep), resume: true, isKept: true };
  try {
    await forgetRun(open, keep);
    await keepRun(open, request, data);
    return { checkpoints: open(keep), resume: false, isKept: true };
  } catch (error) {
    if (!isRefused(error)) throw error;
    tell({ type: 'not-kept', message: (error as Error).message });
    return { checkpoints: memoryStorage(), resume: false, isKept: false };
  }
}

/** The place of a run that the browser stores no more of: what it has is taken along. */
export async function inMemory({ checkpoints }: RunPlace): Promise<RunPlace> {
  const copy = memoryStorage();
  for (const name of await checkpoints.list()) {
    const names = await checkpoints.files(name);
    const files = await Promise.all(names.map(async (file) => [file, await checkpoints.read(name, file)] as const));
    await copy.write(name, Object.fromEntries(files));
  }
  return { checkpoints: copy, resume: true, isKept: false };
}

/** Whether an error says that the browser does not store what it was given. */
export const isRefused = (error: unknown): boolean =>
  TrainerError.isInstance(error) && error.code === 'trainer/storage';

/** Keeps request and data of a run, so that a page that was reloaded can go on. */
async function keepRun(open: OpenStorage, request: TrainRequest, data: OpenData): Promise<void> {
  const run: RunFile = { format: 'nt-worker-run', version: 1, name: data.name, options: data.options, request };
  await placeOf(open, request.keep!).write(entry, {
    'run.json': new TextEncoder().encode(JSON.stringify(run)),
    data: new Uint8Array(await data.file.arrayBuffer()),
  });
}

/** For `catch`: what the browser never stored need not be removed, nor found. */
export function unlessRefused(error: unknown): null {
  if (isRefused(error)) return null;
  throw error;
}

interface FoundRun {
  readonly run: KeptRun;
  readonly data: OpenData;
}

/** The run kept under a name, and the file that it is about; null when there is none, and where nothing can be kept. */
export const findKept = (open: OpenStorage, keep: string): Promise<FoundRun | null> =>
  readKept(open, keep).catch(unlessRefused);

async function readKept(open: OpenStorage, keep: string): Promise<FoundRun | null> {
  const place = placeOf(open, keep);
  if (!(await place.list()).includes(entry) || (await isRunning(open(keep)))) return null;
  const read = JSON.parse(new TextDecoder().decode(await place.read(entry, 'run.json'))) as RunFile;
  if (read.format !== 'nt-worker-run' || read.version !== 1) return null;
  const { name, options, request } = read;
  const file = new Blob([(await place.read(entry, 'data')) as Uint8Array<ArrayBuffer>]);
  const update = updatesKept(await open(keep).list());
  return { run: { name, options, request, update }, data: { file, name, options } };
}

/** Removes everything that is kept under a name. @throws TrainerError `trainer/locked` while another tab trains there */
export async function forgetRun(open: OpenStorage, keep: string): Promise<void> {
  const checkpoints = open(keep);
  const lock = await checkpoints.lock();
  try {
    await placeOf(open, keep).remove(entry);
    for (const name of await checkpoints.list()) await checkpoints.remove(name);
  } finally {
    await lock.release();
  }
}

/** A run that goes on in another tab was not cut off. */
async function isRunning(checkpoints: CheckpointStorage): Promise<boolean> {
  try {
    await (await checkpoints.lock()).release();
    return false;
  } catch (error) {
    if (TrainerError.isInstance(error) && error.code === 'trainer/locked') return true;
    throw error;
  }
}
