import type { Backend, Json, Tensor } from '@nt/tensor';
import type { Estimator } from '../backtest/estimator.ts';
import type { CheckpointsOf } from '../backtest/fit-checkpoints.ts';
import { weightsFingerprint } from '../fit/data-fingerprint.ts';
import { badOption } from '../options/option.ts';
import { networksIn } from '../saved/networks-in.ts';
import { type BlendOptions, blendConfig } from './blend-options.ts';
import type { BlendPredictor } from './blend-predictor.ts';
import { fitBlend } from './fit-blend.ts';
import { recalibratedBlend } from './recalibrated-blend.ts';

/** How to fit a blend in every fold: its parts follow from the fold, which needs a validation part. */
export type BlendEstimatorOptions = Omit<
  BlendOptions,
  'split' | 'validation' | 'test' | 'signal' | 'checkpoints' | 'checkpointEvery' | 'resume'
>;

/** Its name in tables: how many members a blend has may differ from fold to fold. */
const method = 'blend';

/**
 * `fitBlend` as something that a backtest can refit and recalibrate, and `leakcheck` can look through. A blend cannot go on
 * from another one: `refit: 'warm'` is an error.
 *
 * @param checkpointsOf where each training keeps its checkpoints, and goes on from them; default nowhere
 * @throws ForecastError `forecast/option`, `forecast/unknown-option`
 */
export function blendEstimator<T extends Tensor>(
  backend: Backend<T>,
  options: BlendEstimatorOptions,
  checkpointsOf?: CheckpointsOf,
): Estimator {
  const { validation: _, test: __, ...identity } = blendConfig(options);
  return {
    method,
    horizon: options.horizon,
    identity: { blend: identity } as unknown as Json,
    async fit({ set, split, from, signal }) {
      signal?.throwIfAborted();
      if (from) throw badOption('refit', "anything but 'warm' with a blend, which begins anew", 'warm');
      const kept = checkpointsOf?.();
      const keeping = kept && { checkpoints: kept.storage, checkpointEvery: kept.every, resume: true };
      const { predictor, stopped } = await fitBlend(backend, set, { ...options, ...keeping, split, signal });
      if (!stopped) return Object.assign(predictor, { method });
      predictor.dispose();
      throw signal!.reason;
    },
    recalibrate: async (input) => Object.assign(await recalibratedBlend(input), { method }),
    async inspect(predictor) {
      const { members } = predictor as BlendPredictor;
      const networks = networksIn(predictor);
      return {
        blend: members.map(({ name, weight }) => ({ name, weight })),
        weights: await Promise.all(networks.map(async (one) => weightsFingerprint(await one.saveWeights()))),
      };
    },
  };
}
