import { type CheckpointStorage, TrainerError } from '@nt/trainer';
import type { ReadOptions } from './file-messages.ts';
import { updatesKept } from './member-storage.ts';
import type { KeptRun, TrainRequest } from './messages.ts';

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

/** Keeps request and data of a run, so that a page that was reloaded can go on. */
export async function keepRun(open: OpenStorage, request: TrainRequest, data: OpenData): Promise<void> {
  const run: RunFile = { format: 'nt-worker-run', version: 1, name: data.name, options: data.options, request };
  await placeOf(open, request.keep!).write(entry, {
    'run.json': new TextEncoder().encode(JSON.stringify(run)),
    data: new Uint8Array(await data.file.arrayBuffer()),
  });
}

/** The run kept under a name, and the file that it is about; null when there is none. */
export async function findKept(
  open: OpenStorage,
  keep: string,
): Promise<{ readonly run: KeptRun; readonly data: OpenData } | null> {
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
