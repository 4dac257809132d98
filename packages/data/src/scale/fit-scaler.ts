import { checkChoice, checkKeys } from '../check-options.ts';
import { checkSet } from '../series/check-set.ts';
import { requireValues } from '../series/require-values.ts';
import type { Covariates, SeriesSet } from '../series/series-set.ts';
import { checkRanges } from '../split/check-ranges.ts';
import type { StepRanges } from '../split/split-by-time.ts';
import { type ColumnScale, fitColumn, type ScalerKind, scalerKinds, unscaled } from './column-scale.ts';
import { findConstants, fitSeriesScales } from './fit-series-scales.ts';
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
 * series (`standard`) unless `covariates` is `none`; categories stay 0 and 1. A series that is constant in that part is
 * given back as its constant, exactly, whatever its scale; see `extend` for what happens when it no longer is. A series of
 * which nothing may be looked at is not fitted: `extend` can do so later.
 *
 * @throws DataError `data/scaler-domain` when `log` or `boxcox` meets a value that is not positive
 */
export function fitScaler(set: SeriesSet, options: FitScalerOptions): Scaler {
  checkSet('fitScaler', set);
  checkKeys('fitScaler', options, ['kind', 'ranges', 'scope', 'covariates']);
  requireValues('fitScaler', set);
  checkChoice('fitScaler', 'kind', options.kind ?? '(nothing)', scalerKinds);
  checkChoice('fitScaler', 'scope', options.scope, ['series', 'global']);
  checkChoice('fitScaler', 'covariates', options.covariates, scalerKinds);
  const { kind, ranges, scope = 'series', covariates = kind === 'none' ? 'none' : 'standard' } = options;
  checkRanges('fitScaler', set, ranges);
  const all = set.ids.map((_, series) => series);
  const fit = (id: string, members: readonly number[]): [string, readonly ColumnScale[]] => [
    id,
    fitSeriesScales(set, id, members, ranges, kind, covariates),
  ];
  const seen = all.filter((series) => ranges.ends[series]! > ranges.starts[series]!);
  const byId = new Map(scope === 'global' ? [fit('*', all)] : seen.map((series) => fit(set.ids[series]!, [series])));
  const parameters: ScalerParameters = {
    kind,
    scope,
    covariates,
    historic: set.historic?.names ?? [],
    future: set.future?.names ?? [],
    staticNames: set.static?.names ?? [],
    byId,
    constants: findConstants(set, all, ranges),
    static: fitStatic(set.static, covariates),
  };
  return scalerOf(parameters);
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
