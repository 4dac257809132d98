import { finiteRule, type Tensor } from '@nt/tensor';
import { guarded } from '../guarded.ts';
import type { TrainBatch } from '../options/train-options.ts';
import { TrainerError } from '../trainer-error.ts';
import type { Run } from './run.ts';

/** Loss and gradients of one micro-batch; the caller frees them. */
export interface MicroBatch<T extends Tensor> {
  /** Rank 0, multiplied by the loss scale. */
  readonly loss: T;
  /** 1 when the loss is finite, else 0; only where a policy asks. */
  readonly gate: T | null;
  readonly gradients: Readonly<Record<string, T>>;
}

/** Copies a batch to the engine and differentiates its loss; everything else that is made on the way is freed. */
export function gradientsOf<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  batch: B,
  lossScale: number,
  wantsGate: boolean,
): MicroBatch<T> {
  const { ops, settings, counters } = run;
  const { toTensors, lossOf, model } = settings.options;
  const context = { ops, training: true, random: { seed: settings.seed, counter: counters.microBatches } };
  const which = `of batch ${counters.batchInEpoch} of epoch ${counters.epoch}`;
  return guarded('trainer/model', `compute the loss and its gradients ${which}`, () =>
    ops.tidy(() => {
      const inputs = guarded('trainer/data', `make the tensors ${which}`, () => toTensors(batch, ops));
      const scaledLoss = (): T => {
        const loss = checkedLoss(lossOf(inputs, context));
        return lossScale === 1 ? loss : ops.mul(loss, ops.tensor([lossScale], []));
      };
      const { value, grads } = ops.variableGrads(scaledLoss, [...model.parameters.values()]);
      const named = [...model.parameters].map(([name, variable]) => [name, grads[variable.name]!] as const);
      const gate = wantsGate ? ops.elementwise(finiteRule, { x: value }, {}).finite : null;
      return { loss: value, gate, gradients: Object.fromEntries(named) };
    }),
  );
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
