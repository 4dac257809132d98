import { checkList } from '../check-arguments.ts';
import { checkKeys } from '../options/check-keys.ts';
import { checkName } from '../options/choice.ts';
import { badOption } from '../options/option.ts';
import { canTell, checkQuantilesTold } from '../predict/check-quantiles-told.ts';
import type { ForecastNotice } from '../predict/forecast.ts';
import { predictAhead } from '../predict/predict-ahead.ts';
import type { WindowForecasts } from '../predict/window-forecasts.ts';
import type { Predictor } from '../predictor.ts';
import { joinTrainingData } from '../saved/training-data.ts';

/** How the members' forecasts become one. */
export const ensembleMethods = ['mean', 'median'] as const;

/** How `ensemble` combines. */
export interface EnsembleOptions {
  /** Default `mean`. */
  readonly combine?: (typeof ensembleMethods)[number] | undefined;
  /** Of the mean, one for each member, ≥ 0, of any sum; default all alike. */
  readonly weights?: readonly number[] | undefined;
  /** Its name in tables; default `ensemble of N`. */
  readonly method?: string | undefined;
}

/**
 * Several predictors as one: the mean or median of what they say, step by step; quantiles likewise, level by level
 * (Vincent averaging), where all members give them. Members may look back differently far.
 *
 * Disposing it disposes the members.
 *
 * @throws ForecastError `forecast/option` unless all members have one horizon
 */
export function ensemble(members: readonly Predictor[], options: EnsembleOptions = {}): Predictor {
  checkKeys('ensemble', options, ['combine', 'weights', 'method']);
  const { combine = 'mean', weights = members.map(() => 1), method = `ensemble of ${members.length}` } = options;
  checkName('combine', combine, ensembleMethods);
  checkList('members', members, 'predictors');
  checkList('weights', weights, 'numbers');
  if (typeof method !== 'string') throw badOption('method', 'a text', method);
  if (members.length === 0) throw badOption('members', 'at least one', 'none');
  const [{ horizon }] = members as [Predictor];
  if (members.some((member) => member.horizon !== horizon)) {
    throw badOption(
      'members',
      'predictors of one horizon',
      members.map((member) => member.horizon),
    );
  }
  const total = weights.reduce((a, b) => a + b, 0);
  if (
    weights.length !== members.length ||
    !weights.every((weight) => Number.isFinite(weight) && weight >= 0) ||
    !(total > 0)
  ) {
    throw badOption('weights', `${members.length} numbers >= 0, not all 0`, weights);
  }
  if (combine === 'median' && options.weights !== undefined) throw badOption('weights', 'none with median', weights);
  const join = (arrays: readonly Float64Array[]): Float64Array =>
    combine === 'median' ? medians(arrays) : means(arrays, weights, total);
  const quantiles = commonQuantiles(members);
  const own: Predictor = {
    method,
    horizon,
    quantiles,
    ...(quantiles === 'any' && { highestLevel: highestOf(members) }),
    trainedOn: joinTrainingData(members.map(({ trainedOn }) => trainedOn)),
    saving: {
      kind: 'ensemble',
      state: { ensemble: { combine, method, ...(combine === 'mean' && { weights }) } },
      members,
    },
    predict: (set, asked) => predictAhead(own, set, asked),
    notices: (set) => members.flatMap((member) => member.notices?.(set) ?? []).filter(isFirst),
    cannotForecast: (set) => [...new Set(members.flatMap((member) => member.cannotForecast?.(set) ?? []))],
    predictWindows: async (windows, asked = []) => {
      checkQuantilesTold(own, asked);
      const all: WindowForecasts[] = [];
      for (const member of members) all.push(await member.predictWindows(windows, asked));
      return {
        point: join(all.map(({ point }) => point)),
        quantiles: asked.map((_, k) => join(all.map((one) => one.quantiles[k]!))),
      };
    },
    dispose: () => {
      for (const member of members) member.dispose();
    },
  };
  return own;
}

const isFirst = (notice: ForecastNotice, at: number, all: readonly ForecastNotice[]): boolean =>
  all.findIndex(({ message }) => message === notice.message) === at;

/** Quantiles that one names are given where all others can tell them. */
function commonQuantiles(members: readonly Predictor[]): readonly number[] | 'any' {
  const named = members.map(({ quantiles }) => quantiles).find((quantiles) => quantiles !== 'any');
  return named?.filter((quantile) => members.every((member) => canTell(member, [quantile]))) ?? 'any';
}

/** The one that was calibrated on the fewest windows says how far levels go. */
function highestOf(members: readonly Predictor[]): number | undefined {
  const levels = members.flatMap(({ highestLevel }) => highestLevel ?? []);
  return levels.length === 0 ? undefined : levels.reduce((least, level) => Math.min(least, level));
}

const means = (arrays: readonly Float64Array[], weights: readonly number[], total: number): Float64Array =>
  Float64Array.from(arrays[0]!, (_, i) => arrays.reduce((sum, values, k) => sum + weights[k]! * values[i]!, 0) / total);

function medians(arrays: readonly Float64Array[]): Float64Array {
  return Float64Array.from(arrays[0]!, (_, i) => {
    const sorted = arrays.map((values) => values[i]!).sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  });
}
