import type { CheckpointStorage, TrainResult } from '../../src/index.ts';
import { readCheckpoint } from '../../src/index.ts';
import type { ToyRun } from './toy-run.ts';

/** All bits of a finished run but those that depend on the clock: files of the newest checkpoint, weights, result. */
export async function finalState(storage: CheckpointStorage, { model }: ToyRun, result: TrainResult): Promise<unknown> {
  const { name, manifest } = await readCheckpoint(storage, 'last');
  const files: Record<string, string> = {};
  for (const file of await storage.files(name)) {
    if (file !== 'manifest.json') files[file] = Buffer.from(await storage.read(name, file)).toString('latin1');
  }
  const { seconds, checkpointSeconds, checkpoint, bestCheckpoint, ...rest } = result;
  return { files, manifestFiles: manifest.files, best: manifest.best, weights: await model.saveWeights(), rest };
}
