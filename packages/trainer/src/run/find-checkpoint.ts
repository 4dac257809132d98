import type { Tensor } from '@nt/tensor';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { checkpointNames } from '../checkpoint/checkpoint-name.ts';
import { checkConfig } from '../checkpoint/config-differences.ts';
import { readCheckpoint } from '../checkpoint/read-checkpoint.ts';
import type { Settings } from '../options/resolve-options.ts';
import type { TrainBatch } from '../options/train-options.ts';
import type { TrainEventOf } from '../train-event.ts';

/**
 * The checkpoint that the run continues from, whole and with the configuration of this run; null to begin anew.
 *
 * @throws TrainerError `trainer/no-checkpoint`, `trainer/corrupt-checkpoint`, `trainer/config-changed`
 */
export async function findCheckpoint<T extends Tensor, B extends TrainBatch, I>(
  settings: Settings<T, B, I>,
  notices: TrainEventOf<'notice'>[],
): Promise<Checkpoint | null> {
  const { checkpoint: place, resumeFrom, resumeIfPresent, config = null, allowChanged = [] } = settings.options;
  if (!place || resumeFrom === undefined) return null;
  if (resumeIfPresent && checkpointNames(await place.storage.list()).length === 0) return null;
  const checkpoint = await readCheckpoint(place.storage, resumeFrom, ({ message, details }) => {
    notices.push({ type: 'notice', code: 'checkpoint-passed-over', message, details });
  });
  const { manifest } = checkpoint;
  const changed = checkConfig(
    { config: manifest.config, trainer: manifest.trainer },
    { config, trainer: settings.compared },
    allowChanged,
  );
  if (changed.length > 0) {
    const message = `Resumed with declared changes: ${changed.map(({ path }) => path).join(', ')}.`;
    notices.push({ type: 'notice', code: 'config-changed', message, details: { differences: changed } });
  }
  return checkpoint;
}
