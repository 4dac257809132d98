import type { SeriesSet, StepRanges } from '@nt/data';
import { fitRidge } from '@nt/linear';
import { ridgePredictor } from '../baselines/ridge-predictor.ts';
import type { Predictor } from '../predictor.ts';
import { type Gain, gainsOf, scaledForecasts, scoredWindows } from './scored-windows.ts';

/** Share of the training part that the first ridge learns from. */
const begin = 0.25;
const folds = 6;

/**
 * Gains over a rule of its mean with a ridge, on pieces of the training part that lie behind what the ridge has learnt
 * from: a cheap answer to whether there is anything to be learnt, from much more evidence than a validation part holds,
 * none of which chose the blend. The mean, since a blend too may go half of the way.
 */
export async function walkForwardEvidence(
  set: SeriesSet,
  train: StepRanges,
  rule: Predictor,
): Promise<readonly Gain[]> {
  const { horizon } = rule;
  const at = (share: number): Float64Array =>
    train.starts.map((start, series) => Math.floor(start + (train.ends[series]! - start) * share));
  const gains: Gain[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const width = (1 - begin) / folds;
    const [middle, end] = [at(begin + fold * width), at(begin + (fold + 1) * width)];
    const empty = { starts: end, ends: end };
    const split = { train: { starts: train.starts, ends: middle }, validation: empty, test: empty, strict: false };
    const fitted = ridgePredictor(await fitRidge(set, split, { horizon, matrices: 'shared', halfLives: [Infinity] }));
    const scored = scoredWindows(set, { starts: middle, ends: end }, train, horizon);
    const naive = await scaledForecasts(rule, scored);
    const ridge = await scaledForecasts(fitted, scored);
    const halfWay = ridge.map((value, i) => (value + naive[i]!) / 2);
    for (const gain of gainsOf(scored, halfWay, naive)) gains.push(gain);
  }
  return gains;
}
