import { checkChoice, checkKeys } from '../check-options.ts';
import { DataError } from '../data-error.ts';
import type { JsonValue } from '../json.ts';
import { nearestName } from '../nearest-name.ts';
import type { Covariates, SeriesSet } from '../series/series-set.ts';
import { timeAt, writeTime } from '../series/series-set.ts';
import { checkRanges } from '../split/check-ranges.ts';
import type { StepRanges } from '../split/split-by-time.ts';
import { type ColumnScale, type ScalerKind, scaleValue, unscaled, unscaleValue } from './column-scale.ts';
import { findConstants, fitSeriesScales } from './fit-series-scales.ts';

/** Scales series and back, by parameters that were fitted once. */
export interface Scaler {
  readonly kind: ScalerKind;
  readonly scope: 'series' | 'global';
  /**
   * The set with scaled values and covariates; float32 by default, which batches copy without conversion.
   *
   * @throws DataError `data/unknown-series` for an id that was not fitted (scope `series`), `data/scaler-domain` for a
   * value that `log` or `boxcox` cannot take, `data/float32-overflow`
   */
  transform(set: SeriesSet, options?: { readonly precision?: 'float32' | 'float64' }): SeriesSet;
  /**
   * Values in the unit of a series' target, such as forecasts of it, scaled; NaN where the value is, or where `log` or
   * `boxcox` cannot take it.
   *
   * @throws DataError `data/unknown-series`
   */
  scaled(values: ArrayLike<number>, seriesId: string): Float64Array;
  /**
   * Scaled target values of a series, back in the unit of the data. A series that was constant when it was fitted is its
   * constant, exactly (NaN stays NaN).
   */
  inverse(values: ArrayLike<number>, seriesId: string): Float64Array;
  /** Whether a series was fitted, or has a scale of all series (scope `global`). */
  knows(seriesId: string): boolean;
  /**
   * A scaler for a newer set: what was fitted stays, series that were not are fitted to their own rows, and so are those
   * that were constant and no longer are. This one when there is nothing to add.
   *
   * @param options.ranges the steps that may be looked at; default all observed ones
   * @throws DataError `data/missing-column` when the set has other covariates, `data/scaler-domain`
   */
  extend(set: SeriesSet, options?: { readonly ranges?: StepRanges }): Scaler;
  /** Kind and fitted numbers; `scalerFromJson` makes the same scaler of it. */
  toJson(): JsonValue;
}

/** Parameters by column: the target first, then historic, then future covariates. Static: one per column. */
export interface ScalerParameters {
  readonly kind: ScalerKind;
  readonly scope: 'series' | 'global';
  readonly covariates: ScalerKind;
  readonly historic: readonly string[];
  readonly future: readonly string[];
  readonly staticNames: readonly string[];
  /** Scope `series`: by id; scope `global`: one entry for all, id `*`. */
  readonly byId: ReadonlyMap<string, readonly ColumnScale[]>;
  /** By id: series that were constant in the part that was looked at. */
  readonly constants: ReadonlyMap<string, number>;
  readonly static: readonly ColumnScale[];
}

/** A scaler that applies given parameters. */
export function scalerOf(parameters: ScalerParameters): Scaler {
  const scaler: Scaler = {
    kind: parameters.kind,
    scope: parameters.scope,
    transform: (set, options = {}) => {
      checkKeys('scaler.transform', options, ['precision']);
      checkChoice('scaler.transform', 'precision', options.precision, ['float32', 'float64']);
      return transformSet(parameters, set, options.precision ?? 'float32');
    },
    scaled: (values, seriesId) => {
      const [target] = scalesOf(parameters, seriesId);
      return Float64Array.from(values, (value) => scaleValue(parameters.kind, target!, value));
    },
    inverse: (values, seriesId) => {
      const [target] = scalesOf(parameters, seriesId);
      const constant = parameters.constants.get(seriesId);
      if (constant !== undefined)
        return Float64Array.from(values, (value) => (Number.isNaN(value) ? Number.NaN : constant));
      const out = new Float64Array(values.length);
      for (let i = 0; i < out.length; i++) out[i] = unscaleValue(parameters.kind, target!, values[i]!);
      return out;
    },
    knows: (seriesId) => parameters.scope === 'global' || parameters.byId.has(seriesId),
    extend: (set, options = {}) => {
      checkKeys('scaler.extend', options, ['ranges']);
      if (options.ranges !== undefined) checkRanges('scaler.extend', set, options.ranges);
      const extended = extendParameters(parameters, set, options.ranges ?? observedRanges(set));
      return extended === parameters ? scaler : scalerOf(extended);
    },
    toJson: () => ({
      format: 'nt.scaler',
      version: 1,
      kind: parameters.kind,
      scope: parameters.scope,
      covariates: parameters.covariates,
      historic: parameters.historic,
      future: parameters.future,
      staticNames: parameters.staticNames,
      series: [...parameters.byId].map(([id, scales]) => [
        id,
        ...scales.flatMap(({ shift, scale, lambda }) => [shift, scale, lambda]),
      ]),
      constants: [...parameters.constants].map(([id, value]) => [id, value]),
      static: parameters.static.flatMap(({ shift, scale, lambda }) => [shift, scale, lambda]),
    }),
  };
  return scaler;
}

/** The scales of a series: target, historic, future. */
export function scalesOf(parameters: ScalerParameters, id: string): readonly ColumnScale[] {
  const scales = parameters.byId.get(parameters.scope === 'global' ? '*' : id);
  if (scales) return scales;
  const nearest = nearestName(id, [...parameters.byId.keys()].slice(0, 1000));
  const advice = nearest === undefined ? '' : ` Did you mean '${nearest}'?`;
  const message = `the scaler was not fitted to series '${id}'; scaler.extend(set) fits it to its own rows.${advice}`;
  throw new DataError('data/unknown-series', message, { series: id, ...(nearest === undefined ? {} : { nearest }) });
}

/** The parameters with those of series that are new, or constant no longer. */
function extendParameters(parameters: ScalerParameters, set: SeriesSet, ranges: StepRanges): ScalerParameters {
  const { scope, kind, covariates, byId, constants } = parameters;
  checkCovariates(parameters, set);
  const all = set.ids.map((_, series) => series);
  const found = findConstants(set, all, ranges);
  const hasMoved = (id: string) => constants.has(id) && constants.get(id) !== found.get(id);
  const isNew = (id: string) => (scope === 'global' ? !constants.has(id) && found.has(id) : !byId.has(id));
  const changed = all.filter((series) => isNew(set.ids[series]!) || hasMoved(set.ids[series]!));
  if (changed.length === 0) return parameters;
  const scales = new Map(byId);
  const still = new Map(constants);
  for (const series of changed) {
    const id = set.ids[series]!;
    if (scope === 'series') scales.set(id, fitSeriesScales(set, id, [series], ranges, kind, covariates));
    if (found.has(id)) still.set(id, found.get(id)!);
    else still.delete(id);
  }
  return { ...parameters, byId: scales, constants: still };
}

function observedRanges(set: SeriesSet): StepRanges {
  return { starts: new Float64Array(set.ids.length), ends: Float64Array.from(set.lengths) };
}

function checkCovariates(parameters: ScalerParameters, set: SeriesSet): void {
  checkNames('historic', parameters.historic, set.historic);
  checkNames('future', parameters.future, set.future);
  checkNames('static', parameters.staticNames, set.static);
}

function transformSet(parameters: ScalerParameters, set: SeriesSet, precision: 'float32' | 'float64'): SeriesSet {
  checkCovariates(parameters, set);
  const create = (length: number) => (precision === 'float32' ? new Float32Array(length) : new Float64Array(length));
  const values = create(set.values.length);
  const historic = set.historic && create(set.historic.values.length);
  const future = set.future && create(set.future.values.length);
  const statics = set.static && create(set.static.values.length);
  let contextDone = -1;
  for (let series = 0; series < set.ids.length; series++) {
    const scales = scalesOf(parameters, set.ids[series]!);
    scaleTarget(parameters.kind, scales[0]!, set, series, values);
    const context = set.contextOffsets[series]!;
    const rows = set.offsets[series + 1]! - set.offsets[series]!;
    // Series of a wide file share their covariates; they come one after another or begin again at 0.
    if (context + rows > contextDone) {
      if (historic) scaleMatrix(parameters.covariates, scales.slice(1), set.historic!, context, rows, historic);
      if (future)
        scaleMatrix(
          parameters.covariates,
          scales.slice(1 + parameters.historic.length),
          set.future!,
          context,
          rows,
          future,
        );
      contextDone = context + rows;
    }
  }
  if (statics) scaleMatrix('standard', parameters.static, set.static!, 0, set.ids.length, statics);
  return {
    ...set,
    values,
    historic: set.historic && { ...set.historic, values: historic! },
    future: set.future && { ...set.future, values: future! },
    static: set.static && { ...set.static, values: statics! },
  };
}

function scaleTarget(
  kind: ScalerKind,
  scale: ColumnScale,
  set: SeriesSet,
  series: number,
  out: Float32Array | Float64Array,
): void {
  const start = set.offsets[series]!;
  const end = set.offsets[series + 1]!;
  for (let row = start; row < end; row++) {
    const value = set.values[row]!;
    out[row] = scaleValue(kind, scale, value);
    if (Number.isFinite(out[row]!) || Number.isNaN(value)) continue;
    const place = `series '${set.ids[series]}', ${writeTime(set, timeAt(set, series, row - start))}`;
    const isDomain = Number.isNaN(out[row]!);
    const reason = isDomain
      ? `${value} is not positive, as ${kind} needs; use arcsinh or standard`
      : `${value} scaled does not fit float32; use a scaler that brings values near 1`;
    throw new DataError(isDomain ? 'data/scaler-domain' : 'data/float32-overflow', `${place}: ${reason}.`, {
      series: set.ids[series]!,
      value: String(value),
    });
  }
}

function scaleMatrix(
  kind: ScalerKind,
  scales: readonly ColumnScale[],
  covariates: Covariates,
  first: number,
  rows: number,
  out: Float32Array | Float64Array,
): void {
  const width = covariates.names.length;
  for (let column = 0; column < width; column++) {
    const isPlain = covariates.categorical[column] === true || kind === 'none';
    const scale = isPlain ? unscaled : scales[column]!;
    for (let k = first * width + column; k < (first + rows) * width; k += width) {
      const value = covariates.values[k]!;
      out[k] = isPlain ? value : scaleValue(kind, scale, value);
      if (Number.isFinite(out[k]!) || Number.isNaN(value)) continue;
      const message = `covariate '${covariates.names[column]}': ${value} cannot be scaled by ${kind}; choose another scaler with covariates.`;
      throw new DataError('data/scaler-domain', message, { column: covariates.names[column]!, value: String(value) });
    }
  }
}

function checkNames(role: string, wanted: readonly string[], covariates: Covariates | null): void {
  const found = covariates?.names ?? [];
  if (wanted.join('\n') === found.join('\n')) return;
  const message = `the scaler was fitted with ${role} covariates [${wanted.join(', ')}], the set has [${found.join(', ')}]; read it with the same columns.`;
  throw new DataError('data/missing-column', message, {});
}
