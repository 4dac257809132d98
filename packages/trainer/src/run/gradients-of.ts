import { finiteRule, type Tensor } from '@nt/tensor';
import { guarded } from '../guarded.ts';
import type { TrainBatch } from '../options/train-options.ts';
import { TrainerError } from '../trainer-error.ts';
import type { Run } from './run.ts';

/** Loss and gradients of one micro-batch. */
export interface MicroBatch<T extends Tensor> {
  /** Rank 0, multiplied by the loss scale; only where a policy may leave the update out, else it has been added. */
  readonly loss: T | undefined;
  /** 1 when the loss is finite, else 0; only where a policy asks. */
  readonly gate: T | undefined;
  readonly gradients: Readonly<Record<string, T>>;
  /** Frees gate and gradients; the loss is the caller's. */
  dispose(): void;
}

type StepResults<T extends Tensor> = {
  readonly loss: T | undefined;
  readonly gate: T | undefined;
  readonly gradients: readonly T[];
};

/** What a micro-batch is computed from. */
export interface MicroBatchCall<B extends TrainBatch> {
  readonly batch: B;
  /** How much it counts in the mean loss. */
  readonly weight: number;
  readonly lossScale: number;
  /** Whether a policy may leave the update out. */
  readonly isWatched: boolean;
}

/**
 * Copies a batch to the engine and differentiates its loss; everything else that is made on the way is freed. Where nothing
 * can leave the update out, the loss is added to the mean on the way: recorded with the rest it costs next to nothing.
 */
export function gradientsOf<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  { batch, weight, lossScale, isWatched }: MicroBatchCall<B>,
): MicroBatch<T> {
  const { ops, settings, counters, steps } = run;
  const { toTensors, lossOf, model } = settings.options;
  const names = [...model.parameters.keys()];
  const variables = [...model.parameters.values()];
  const which = `of batch ${counters.batchInEpoch} of epoch ${counters.epoch}`;
  if (!isWatched) run.loss.count(weight, lossScale);
  let results: StepResults<T> = { loss: undefined, gate: undefined, gradients: [] };
  guarded('trainer/model', `compute the loss and its gradients ${which}`, () =>
    ops.tidy(() => {
      const inputs = guarded('trainer/data', `make the tensors ${which}`, () => toTensors(batch, ops));
      const call = { inputs, counter: counters.microBatches, key: `${lossScale} ${isWatched}` };
      results = steps.training.run(call, (tensors, random): StepResults<T> => {
        const scaledLoss = (): T => {
          const value = checkedLoss(lossOf(tensors, { ops, training: true, random }));
          return lossScale === 1 ? value : ops.mul(value, ops.tensor([lossScale], []));
        };
        const { value, grads } = ops.variableGrads(scaledLoss, variables);
        const gradients = variables.map(({ name }): T => grads[name]!);
        if (!isWatched) run.loss.add(value);
        const finite = isWatched ? ops.elementwise(finiteRule, { x: value }, {}).finite : undefined;
        return { loss: isWatched ? value : undefined, gate: finite, gradients };
      });
      results = { ...results, loss: results.loss && steps.training.own(results.loss) };
      // What belongs to the engine outlives the tidy anyway, and tfjs would look at every tensor that it is given.
      return steps.training.isBorrowed ? { loss: results.loss } : { ...results };
    }),
  );
  const { loss, gate, gradients } = results;
  const { isBorrowed } = steps.training;
  return {
    loss,
    gate,
    gradients: Object.fromEntries(names.map((name, i) => [name, gradients[i]!])),
    dispose: () => {
      if (!isBorrowed) for (const tensor of [gate, ...gradients]) tensor?.dispose();
    },
  };
}

/** Autograd would speak of its own inner workings. */
export function checkedLoss<T extends Tensor>(loss: T): T {
  if (loss?.shape?.length === 0) return loss;
  const found = loss?.shape ? `a tensor of shape [${loss.shape}]` : typeof loss;
  throw new TrainerError(
    'trainer/bad-shape',
    `lossOf: expected a rank-0 tensor, the mean over the batch; found ${found}.`,
    { found },
  );
}
