import type { Tensor } from '@nt/tensor';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { checkpointNames } from '../checkpoint/checkpoint-name.ts';
import { checkConfig } from '../checkpoint/config-differences.ts';
import { readCheckpoint } from '../checkpoint/read-checkpoint.ts';
import type { Settings } from '../options/resolve-options.ts';
import type { TrainBatch } from '../options/train-options.ts';
import type { TrainEventOf } from '../train-event.ts';
import type { TrainerError } from '../trainer-error.ts';

/**
 * The checkpoint that the run continues from, whole and with the configuration of this run; what
 * `last-good` passes over becomes a notice; null to begin anew.
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
  const passedOver: TrainerError[] = [];
  const checkpoint = await readCheckpoint(place.storage, resumeFrom, (problem) => passedOver.push(problem));
  const { name, manifest } = checkpoint;
  for (const { details } of passedOver) {
    const message = `${details['problem']} The run goes on from '${name}' (update ${manifest.update}) instead; the damaged one is removed when the next is written.`;
    notices.push({
      type: 'notice',
      code: 'checkpoint-passed-over',
      message,
      details: { ...details, usedInstead: name },
    });
  }
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
