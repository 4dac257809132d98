import { DataError } from '../data-error.ts';
import type { Covariates, SeriesSet } from '../series/series-set.ts';
import type { StepRanges } from '../split/split-by-time.ts';
import { type ColumnScale, fitColumn, type ScalerKind, unscaled } from './column-scale.ts';

/** Scales of some series together: of the target, then of historic, then of future covariates. */
export function fitSeriesScales(
  set: SeriesSet,
  id: string,
  members: readonly number[],
  ranges: StepRanges,
  kind: ScalerKind,
  covariates: ScalerKind,
): readonly ColumnScale[] {
  return [
    fitTarget(set, id, members, ranges, kind),
    ...fitMatrix(set, set.historic, members, ranges, covariates),
    ...fitMatrix(set, set.future, members, ranges, covariates),
  ];
}

/** The constant of each series that has two values or more in its range and always the same one. */
export function findConstants(set: SeriesSet, members: readonly number[], ranges: StepRanges): Map<string, number> {
  const constants = new Map<string, number>();
  for (const series of members) {
    const [first, other] = twoValues(valuesIn(set, series, ranges));
    if (first !== undefined && first === other) constants.set(set.ids[series]!, first);
  }
  return constants;
}

/** The first known value and, behind it, the first that differs from it (the last, when none does). */
function twoValues(values: Float64Array | Float32Array): [number | undefined, number | undefined] {
  let first: number | undefined;
  let last: number | undefined;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (first === undefined) first = value;
    else if (value !== first) return [first, value];
    else last = value;
  }
  return [first, last];
}

function valuesIn(set: SeriesSet, series: number, { starts, ends }: StepRanges): Float64Array | Float32Array {
  const start = set.offsets[series]!;
  return set.values.subarray(start + starts[series]!, start + ends[series]!);
}

function fitTarget(
  set: SeriesSet,
  id: string,
  members: readonly number[],
  ranges: StepRanges,
  kind: ScalerKind,
): ColumnScale {
  if (kind === 'none') return unscaled;
  const parts = members.map((series) => valuesIn(set, series, ranges));
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

/** Only to be read: the values of a single series are not copied. */
function joinParts(parts: readonly (Float64Array | Float32Array)[]): Float64Array {
  if (parts.length === 1 && parts[0] instanceof Float64Array) return parts[0];
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
