import type { Tensor } from '@nt/tensor';
import { guarded } from '../guarded.ts';
import type { StepContext, TrainBatch } from '../options/train-options.ts';
import { TrainerError } from '../trainer-error.ts';
import { breathing } from './breathing.ts';
import { checkedLoss } from './gradients-of.ts';
import type { Run } from './run.ts';
import { weightOf } from './weight-of.ts';

interface Measured<T extends Tensor> {
  readonly metrics: Readonly<Record<string, T>>;
  readonly weight: number;
}

/**
 * Mean loss and metrics over the validation batches, each batch counted by its weight: `validationLoss`, and what
 * `metricsOf` names. Runs on the weights that the model holds now. Values are read once, after the last batch.
 */
export async function validate<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  maxBatches: number,
): Promise<Record<string, number>> {
  const measured: Measured<T>[] = [];
  const breathe = breathing(run.settings.options.yieldEvery);
  try {
    for (const batch of validationBatches(run)) {
      measured.push({ metrics: measure(run, batch, measured.length), weight: weightOf(run.settings, batch) });
      if (measured.length >= maxBatches) break;
      await breathe();
    }
    return await weightedMeans(measured);
  } finally {
    for (const { metrics } of measured) for (const metric of Object.values(metrics)) metric.dispose();
  }
}

function measure<T extends Tensor, B extends TrainBatch, I>(
  run: Run<T, B, I>,
  batch: B,
  counter: number,
): Record<string, T> {
  const { ops, settings, steps } = run;
  const { toTensors, lossOf, validation } = settings.options;
  const which = `of validation batch ${counter}`;
  return guarded('trainer/model', `compute the loss and the metrics ${which}`, () =>
    ops.tidy(() => {
      const inputs = guarded('trainer/data', `make the tensors ${which}`, () => toTensors(batch, ops));
      const metrics = steps.validation.run({ inputs, counter, key: '' }, (tensors, random): Record<string, T> => {
        const context: StepContext<T> = { ops, training: false, random };
        return {
          validationLoss: checkedLoss(lossOf(tensors, context)),
          ...validation?.metricsOf?.(tensors, context),
        };
      });
      const owned = Object.entries(metrics).map(([name, metric]) => [name, steps.validation.own(metric)] as const);
      return Object.fromEntries(owned);
    }),
  );
}

function* validationBatches<T extends Tensor, B extends TrainBatch, I>({ settings }: Run<T, B, I>): Generator<B> {
  const { validation } = settings.options;
  const action = 'get the next validation batch';
  const iterator = guarded('trainer/data', action, () => validation!.batches()[Symbol.iterator]());
  try {
    for (;;) {
      const { done, value } = guarded('trainer/data', action, () => iterator.next());
      if (done) return;
      yield value;
    }
  } finally {
    iterator.return?.();
  }
}

async function weightedMeans<T extends Tensor>(measured: readonly Measured<T>[]): Promise<Record<string, number>> {
  const total = measured.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) {
    throw new TrainerError(
      'trainer/bad-batch',
      `validation: expected batches with a total weight > 0; found ${measured.length} batches with ${total}.`,
      { batches: measured.length, total },
    );
  }
  const sums: Record<string, number> = {};
  for (const { metrics, weight } of measured) {
    if (weight === 0) continue;
    for (const [name, metric] of Object.entries(metrics)) {
      sums[name] = (sums[name] ?? 0) + weight * (await metric.data())[0]!;
    }
  }
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / total]));
}
