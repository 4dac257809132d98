import type { SeriesSet, StepRanges, TimeSplit } from '@nt/data';
import type { RecalibrationInput } from '../backtest/estimator.ts';
import { naive, seasonalNaive } from '../baselines/naive-predictors.ts';
import { type RidgePredictor, ridgePredictor } from '../baselines/ridge-predictor.ts';
import type { Predictor } from '../predictor.ts';
import { trainingData } from '../saved/training-data.ts';
import type { BlendExplanation } from './blend-explanation.ts';
import { type BlendMember, type BlendPredictor, blendIntervals, blendPredictor } from './blend-predictor.ts';
import { blendWeights } from './blend-weights.ts';
import { type ScoredWindows, scaledForecasts, scoredWindows } from './scored-windows.ts';
import { joinedParts } from './with-validation.ts';

/** Of windows that begin where the forecasts will: with fewer all are taken, for wide intervals need many. */
const leastWindows = 100;

/**
 * A blend with what has happened since its networks were trained: ridges are solved with the windows of the later training
 * part, weights and intervals follow from the later validation part, on no target of which a network was trained, since
 * parts move on. Naive rules may come in; networks without a share do not come back. A naive answer and the weights of
 * `reference` stay.
 *
 * Where members have learnt from their validation part (`refitWithValidation`) errors there tell nothing: ridges are solved
 * with both parts, weights and intervals stay.
 */
export async function recalibratedBlend({ set, split, trained, stride }: RecalibrationInput): Promise<BlendPredictor> {
  const before = trained as BlendPredictor;
  const explanation = before.describe() as unknown as BlendExplanation;
  const { options, verdict } = explanation;
  const { horizon, refitWithValidation } = options;
  const members = await solvedAnew(before.members, set, refitWithValidation ? joinedParts(split) : split.train);
  const seen = trainingData(set, split);
  if (refitWithValidation) return blendPredictor(members, before.calibration, explanation, seen);
  const alike = scoredWindows(set, alignedTo(split, stride), split.train, horizon, stride);
  const isEnough = alike.windows.count >= leastWindows;
  const scored = isEnough ? alike : scoredWindows(set, split.validation, split.train, horizon);
  const isWeighed = verdict.answer === 'blend' && options.preset !== 'reference';
  const weighed = isWeighed ? await weighedAnew(members, explanation, scored) : members;
  const told = { ...explanation, members: explanation.members.map((one) => ({ ...one, weight: weightOf(one.name) })) };
  return blendPredictor(weighed, await blendIntervals(weighed, scored.windows), told, seen);

  function weightOf(name: string): number {
    return weighed.find((member) => member.name === name)?.weight ?? 0;
  }
}

async function solvedAnew(
  members: readonly BlendMember[],
  set: SeriesSet,
  ranges: StepRanges,
): Promise<readonly BlendMember[]> {
  const solved: BlendMember[] = [];
  for (const member of members) {
    const { predictor } = member;
    if (!isRidge(predictor)) solved.push(member);
    else solved.push({ ...member, predictor: ridgePredictor(await predictor.ridge.refit(set, ranges)) });
  }
  return solved;
}

async function weighedAnew(
  members: readonly BlendMember[],
  { seasons: { short }, options: { horizon } }: BlendExplanation,
  scored: ScoredWindows,
): Promise<readonly BlendMember[]> {
  const rules = [naive(horizon), ...(short > 1 ? [seasonalNaive(horizon, short)] : [])]
    .filter(({ method }) => !members.some(({ name }) => name === method))
    .map((predictor) => ({ name: predictor.method, weight: 0, predictor }));
  const all = [...members, ...rules];
  const forecasts: Float64Array[] = [];
  for (const { predictor } of all) forecasts.push(await scaledForecasts(predictor, scored));
  const weights = blendWeights(scored, forecasts);
  return all.map((member, k) => ({ ...member, weight: weights[k]! })).filter(({ weight }) => weight > 0);
}

/** The validation part from where forecasts begin at the same step of a day, say, as those of the test part. */
function alignedTo({ validation, test }: TimeSplit, stride: number): StepRanges {
  const starts = validation.starts.map((start, series) => start + ((test.starts[series]! - start) % stride));
  return { starts, ends: validation.ends };
}

const isRidge = (predictor: Predictor): predictor is RidgePredictor => predictor.saving?.kind === 'ridge';
