import { emptyMoments } from '../moments/moments.ts';
import { forecastOrigins } from '../windows/forecast-origins.ts';
import { countWindows } from '../windows/origin-runs.ts';
import { seriesChannels } from '../windows/series-channels.ts';
import type { CandidateSetting, ChosenCandidate } from './candidate.ts';
import { type AveragedCandidates, chooseCandidates } from './choose-candidates.ts';
import { isBetter } from './evidence.ts';
import type { FitParts } from './fit-parts.ts';
import { meanOf } from './mean-of.ts';
import { momentsByHalfLife } from './moments-by-half-life.ts';
import type { RidgeConfig } from './ridge-options.ts';
import { addRuns, runsOf, type WindowSource } from './window-source.ts';

/** What is right for one series: its own matrix, or the mean of that and the shared one. */
export interface OwnChoice {
  readonly matrix: 'own' | 'mean';
  readonly candidates: readonly ChosenCandidate[];
}

/** A choice with the matrix that it comes to. */
export interface OwnMatrix {
  readonly choice: OwnChoice;
  /** `[input columns, horizon]` */
  readonly weights: Float64Array;
}

/** More series than this share one matrix. */
const mostSeries = 64;
/** Windows that a series must have for each step of look-back. */
const windowsPerStep = 20;
/** Of the shared candidates the best few are tried for each series. */
const mostCandidates = 3;

/** Choices by id, for the series that are better off with a matrix of their own. */
export function chooseOwn(
  source: WindowSource,
  setting: CandidateSetting,
  parts: FitParts,
  shared: AveragedCandidates,
  config: RidgeConfig,
): ReadonlyMap<string, OwnMatrix> {
  const { ids } = source.set;
  const isMany = ids.length < 2 || ids.length > mostSeries;
  if (config.matrices === 'shared' || (config.matrices === 'auto' && isMany)) return new Map();
  const chosen = ids.map((id, series) => [id, chooseFor(source, setting, parts, shared, config, series)] as const);
  return new Map(chosen.filter((entry): entry is [string, OwnMatrix] => entry[1] !== undefined));
}

function chooseFor(
  source: WindowSource,
  setting: CandidateSetting,
  parts: FitParts,
  shared: AveragedCandidates,
  config: RidgeConfig,
  series: number,
): OwnMatrix | undefined {
  const { space, layout } = setting;
  const trainRuns = runsOf(source, series, parts.train);
  const runs = runsOf(source, series, parts.validation);
  const isAuto = config.matrices === 'auto';
  const fitting = [...shared.candidates]
    .sort((a, b) => a.validationMse - b.validationMse)
    .filter(({ lookback }) => !isAuto || countWindows(trainRuns) >= windowsPerStep * lookback)
    .slice(0, mostCandidates);
  const counts = config.weights?.[series] !== 0;
  if (!counts || runs.length === 0 || trainRuns.length === 0 || fitting.length === 0) return undefined;
  const channels = seriesChannels(source.set, series, layout);
  const validation = emptyMoments(layout.size);
  addRuns(source, validation, series, channels, runs, null);
  const train = momentsByHalfLife((halfLife) => {
    const moments = emptyMoments(layout.size);
    addRuns(source, moments, series, channels, trainRuns, halfLife);
    return moments;
  });
  const { candidates, weights: own } = chooseCandidates(setting, fitting, { train, validation }, config);
  if (!isAuto) return { choice: { matrix: 'own', candidates }, weights: own };

  const origins = runs.flatMap(({ first, end }) => Array.from({ length: end - first }, (_, i) => first + i));
  const errorsOf = (weights: Float64Array): Float64Array => {
    const forecasts = forecastOrigins(space, layout, channels, origins, weights);
    return squaredErrors(forecasts, channels.channels[0]!, channels.pad, origins, layout.horizon);
  };
  const sharedErrors = errorsOf(shared.weights);
  const variants = { own, mean: meanOf([own, shared.weights]) };
  const rivals = (['own', 'mean'] as const)
    .map((matrix) => ({ matrix, errors: errorsOf(variants[matrix]) }))
    .filter(({ errors }) => isBetter(errors, sharedErrors, 2 * layout.horizon));
  if (rivals.length === 0) return undefined;
  const best = rivals.reduce((a, b) => (sum(b.errors) < sum(a.errors) ? b : a));
  return { choice: { matrix: best.matrix, candidates }, weights: variants[best.matrix] };
}

function squaredErrors(
  forecasts: Float64Array,
  values: Float64Array,
  pad: number,
  origins: readonly number[],
  horizon: number,
): Float64Array {
  return Float64Array.from(origins, (origin, row) => {
    let total = 0;
    for (let h = 0; h < horizon; h++) total += (forecasts[row * horizon + h]! - values[pad + origin + h]!) ** 2;
    return total;
  });
}

const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
