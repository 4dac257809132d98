import type { Optimizer } from '@nt/optim';
import type { NamedArrays, Tensor } from '@nt/tensor';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { resumeProblem } from '../checkpoint/resume-problem.ts';
import { foreignError } from '../guarded.ts';
import type { TrainBatch, TrainOptions } from '../options/train-options.ts';
import { captureWeights } from './check-metric.ts';

/**
 * Puts model, optimizer, batches and plateau observer to where a checkpoint has them, or leaves all as they were.
 *
 * @throws TrainerError `trainer/foreign-checkpoint` when one of them does not fit
 */
export async function restoreRun<T extends Tensor, B extends TrainBatch, I>(
  { model, batches, plateau }: TrainOptions<T, B, I>,
  optimizer: Optimizer<T>,
  checkpoint: Checkpoint,
): Promise<void> {
  const { state, weights } = checkpoint;
  const weightsBefore = await captureWeights(model);
  checkWeights(checkpoint.name, weights, weightsBefore);
  const sourceBefore = batches.state();
  const plateauBefore = plateau?.state();
  const undo: (() => void)[] = [];
  let action = '';
  const change = (what: string, work: () => void, back: () => void): void => {
    action = what;
    undo.push(back);
    work();
  };
  try {
    change(
      'load its weights into the model',
      () => model.loadWeights(weights),
      () => model.loadWeights(weightsBefore),
    );
    change(
      "restore the optimizer's state",
      () => optimizer.restore(checkpoint.optimizer),
      () => {},
    );
    change(
      'put the batches to their position',
      () => batches.restore(state.source),
      () => batches.restore(sourceBefore),
    );
    if (plateau && state.plateau) {
      const saved = state.plateau;
      change(
        'restore the plateau observer',
        () => plateau.restore(saved),
        () => plateau.restore(plateauBefore!),
      );
    }
  } catch (cause) {
    for (const back of undo.reverse()) ignoringErrors(back);
    const { message } = foreignError('trainer/foreign-checkpoint', action, cause);
    throw misfit(checkpoint.name, message, cause);
  }
}

/** The first error is the one to tell. */
function ignoringErrors(work: () => void): void {
  try {
    work();
  } catch {}
}

function checkWeights(name: string, saved: NamedArrays, now: NamedArrays): void {
  const names = [...new Set([...Object.keys(saved), ...Object.keys(now)])];
  const differing = names
    .filter((one) => saved[one]?.shape.join() !== now[one]?.shape.join())
    .map((one) => `${one}: ${shapeOf(saved[one])} in the checkpoint, ${shapeOf(now[one])} in the model`);
  if (differing.length === 0) return;
  const more = differing.length > 5 ? `; and ${differing.length - 5} more` : '';
  throw misfit(name, `Its weights are not those of this model (${differing.slice(0, 5).join('; ')}${more}).`);
}

const shapeOf = (array: NamedArrays[string] | undefined): string => (array ? `[${array.shape}]` : 'absent');

function misfit(name: string, why: string, cause?: unknown): Error {
  return resumeProblem(
    'trainer/foreign-checkpoint',
    `Checkpoint '${name}' does not fit this run. ${why}`,
    'Resume with the model, data and optimizer that the run was begun with. Nothing was changed.',
    { name },
    cause,
  );
}
