import { badOption, checkChoice, checkKeys } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import { requireValues } from '../series/require-values.ts';
import type { Covariates, SeriesSet } from '../series/series-set.ts';
import type { StepRanges } from '../split/split-by-time.ts';
import { type ColumnScale, fitColumn, type ScalerKind, scalerKinds, unscaled } from './column-scale.ts';
import { type Scaler, type ScalerParameters, scalerOf } from './scaler.ts';

/** What a scaler is fitted to. */
export interface FitScalerOptions {
  /**
   * `standard`: mean and population standard deviation. `robust`: median and median absolute deviation. `minmax`: to
   * [0, 1]. `log`: logarithm, then `standard`. `arcsinh`: of median and deviation (Uniejewski, Weron & Ziel 2018).
   * `boxcox`: exponent of largest likelihood in [−1, 2], then `standard`.
   */
  readonly kind: ScalerKind;
  /** The steps that may be looked at: the train part of a split. */
  readonly ranges: StepRanges;
  /** One scale per series (default) or one for all. */
  readonly scope?: 'series' | 'global';
  /** Scaler of numeric historic and future covariates; default `standard`, or `none` when `kind` is `none`. */
  readonly covariates?: ScalerKind;
}

/**
 * Fits a scaler on the train part only: nothing after `ranges.ends` is looked at. Static covariates are scaled over
 * series (`standard`) unless `covariates` is `none`; categories stay 0 and 1.
 *
 * @throws DataError `data/scaler-domain` when `log` or `boxcox` meets a value that is not positive
 */
export function fitScaler(set: SeriesSet, options: FitScalerOptions): Scaler {
  checkKeys('fitScaler', options, ['kind', 'ranges', 'scope', 'covariates']);
  requireValues('fitScaler', set);
  checkChoice('fitScaler', 'kind', options.kind ?? '(nothing)', scalerKinds);
  checkChoice('fitScaler', 'scope', options.scope, ['series', 'global']);
  checkChoice('fitScaler', 'covariates', options.covariates, scalerKinds);
  const { kind, ranges, scope = 'series', covariates = kind === 'none' ? 'none' : 'standard' } = options;
  if (ranges?.ends?.length !== set.ids.length) {
    throw badOption(
      'fitScaler',
      'ranges',
      `the train part of a split of this set (${set.ids.length} series)`,
      ranges?.ends?.length,
    );
  }
  const byId = new Map<string, readonly ColumnScale[]>();
  const all = set.ids.map((_, series) => series);
  const groups =
    scope === 'global'
      ? [{ id: '*', members: all }]
      : all.map((series) => ({ id: set.ids[series]!, members: [series] }));
  for (const { id, members } of groups) {
    const target = fitTarget(set, id, members, ranges, kind);
    const historic = fitMatrix(set, set.historic, members, ranges, covariates);
    byId.set(id, [target, ...historic, ...fitMatrix(set, set.future, members, ranges, covariates)]);
  }
  const parameters: ScalerParameters = {
    kind,
    scope,
    covariates,
    historic: set.historic?.names ?? [],
    future: set.future?.names ?? [],
    staticNames: set.static?.names ?? [],
    byId,
    static: fitStatic(set.static, covariates),
  };
  return scalerOf(parameters);
}

function fitTarget(
  set: SeriesSet,
  id: string,
  members: readonly number[],
  ranges: StepRanges,
  kind: ScalerKind,
): ColumnScale {
  if (kind === 'none') return unscaled;
  const parts = members.map((series) => {
    const start = set.offsets[series]!;
    return set.values.subarray(start + ranges.starts[series]!, start + ranges.ends[series]!);
  });
  const scale = fitColumn(kind, joinParts(parts));
  if (scale) return scale;
  const message = `scaler '${kind}' needs positive values, but ${id === '*' ? 'the training part' : `series '${id}'`} has others; use arcsinh, standard or robust.`;
  throw new DataError('data/scaler-domain', message, { series: id });
}

function fitMatrix(
  set: SeriesSet,
  covariates: Covariates | null,
  members: readonly number[],
  ranges: StepRanges,
  kind: ScalerKind,
): ColumnScale[] {
  if (covariates === null) return [];
  const width = covariates.names.length;
  return covariates.names.map((name, column) => {
    if (covariates.categorical[column] || kind === 'none') return unscaled;
    const parts = members.map((series) => {
      const row = set.contextOffsets[series]!;
      const [start, end] = [ranges.starts[series]!, ranges.ends[series]!];
      return Float64Array.from(
        { length: Math.max(0, end - start) },
        (_, step) => covariates.values[(row + start + step) * width + column]!,
      );
    });
    const scale = fitColumn(kind, joinParts(parts));
    if (scale) return scale;
    throw new DataError(
      'data/scaler-domain',
      `scaler '${kind}' needs positive values, but covariate '${name}' has others; choose another with covariates.`,
      { column: name },
    );
  });
}

function fitStatic(covariates: Covariates | null, kind: ScalerKind): ColumnScale[] {
  if (covariates === null) return [];
  const width = covariates.names.length;
  return covariates.names.map((_, column) => {
    if (covariates.categorical[column] || kind === 'none') return unscaled;
    return fitColumn(
      'standard',
      Float64Array.from(
        { length: covariates.values.length / width },
        (_, row) => covariates.values[row * width + column]!,
      ),
    )!;
  });
}

function joinParts(parts: readonly (Float64Array | Float32Array)[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
