import type { SeriesSet, TimeSplit } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import type { TrainEvent } from '@nt/trainer';
import type { FittedForecaster } from '../fitted-forecaster.ts';
import { realNumber, wholeNumber } from '../options/number-options.ts';
import { badOption, decideOptions, type GivenOptions } from '../options/option.ts';
import type { BlendExplanation } from './blend-explanation.ts';
import type { BlendEvent } from './blend-options.ts';
import { planBlend } from './blend-plan.ts';
import { type BlendPredictor, isBlend } from './blend-predictor.ts';
import { fitNetwork, type NetworkPlan } from './fit-networks.ts';
import { averagedStarts } from './fit-ridges.ts';

const table = {
  /** Share of the loss on the blend's forecasts; the rest is on what came about. Default 0.9. */
  weight: realNumber({ help: 'share of the loss on the forecasts of the blend', min: 0.01, max: 1, default: 0.9 }),
  /** Default 1,000. */
  maxUpdates: wholeNumber({ help: 'updates at most', min: 1, default: 1000 }),
  /** Width of its layers: the wider, the nearer to the blend and the slower. Default 128, a quarter of a blend's networks. */
  hiddenSize: wholeNumber({ help: 'width of its layers', min: 1, default: 128 }),
  /** Of initial weights and order of windows; default 1. */
  seed: wholeNumber({ help: 'of initial weights and order of windows', min: 0, default: 1 }),
};

/** How a blend is distilled. */
export interface DistillOptions extends GivenOptions<typeof table> {
  /** The parts that the blend was fitted with; default by its own options. */
  readonly split?: TimeSplit | undefined;
  /** Ends with the weights that there are. */
  readonly signal?: AbortSignal | undefined;
  /** Hears what the trainer does. */
  readonly onEvent?: ((event: TrainEvent) => void) | undefined;
}

/**
 * One small network that forecasts nearly as a blend does, in a fraction of its time: N-HiTS of a quarter of the width beside all of
 * the blend's ridges, which are one matrix, taught what the blend forecasts for the training windows. Validation errors
 * choose its best weights. What the blend has seen counts as seen by it.
 *
 * @param set that the blend was fitted to
 * @param blend of `fitBlend`, or loaded
 * @throws ForecastError `forecast/option` for what is no blend, or one whose answer is a naive rule;
 *   `forecast/unknown-option`; DataError `data/too-short`
 * Source: Hinton et al. 2015, Distilling the Knowledge in a Neural Network; Caruana et al. 2006, Model Compression.
 */
export async function distill<T extends Tensor>(
  backend: Backend<T>,
  set: SeriesSet,
  blend: BlendPredictor,
  options: DistillOptions = {},
): Promise<FittedForecaster> {
  const { split: given, signal, onEvent, ...chosen } = options;
  const { weight, maxUpdates, hiddenSize, seed } = decideOptions('distill', table, chosen);
  if (!isBlend(blend)) throw badOption('blend', 'what fitBlend gives', (blend as { method?: string })?.method);
  const { options: config, lookbacks, calendar, verdict } = blend.describe() as unknown as BlendExplanation;
  if (verdict.answer === 'naive')
    throw badOption('blend', `more than a rule: the answer is ${verdict.against}`, 'a rule');
  const { validation, test, ...others } = config;
  const { split } = planBlend(set, { ...others, ...(given ? { split: given } : { validation, test }) });
  const plan: NetworkPlan = {
    name: 'student',
    lookback: lookbacks[Math.floor(lookbacks.length / 2)]!,
    skip: await averagedStarts(set, split, config.horizon),
    seed,
    hiddenSize,
    teacher: { predictor: blend, weight },
  };
  const run = {
    signal,
    onEvent: (event: BlendEvent) => {
      if (event.type === 'training') onEvent?.(event.event);
    },
  };
  const setting = { backend, set, split, calendar, run, config: { ...config, maxUpdates } };
  return (await fitNetwork(setting, plan)).predictor as FittedForecaster;
}
