import { boxCox, boxCoxLambda, inverseBoxCox } from './box-cox.ts';

/** How values are scaled; `x` value, `y` scaled. */
export type ScalerKind = 'none' | 'standard' | 'robust' | 'minmax' | 'log' | 'arcsinh' | 'boxcox';

/** The ways to scale a series, by name. */
export const scalerKinds: readonly ScalerKind[] = ['none', 'standard', 'robust', 'minmax', 'log', 'arcsinh', 'boxcox'];

/** Parameters of one column of one series. */
export interface ColumnScale {
  readonly shift: number;
  readonly scale: number;
  /** Box-Cox exponent; 0 for other kinds. */
  readonly lambda: number;
}

export const unscaled: ColumnScale = { shift: 0, scale: 1, lambda: 0 };

/**
 * Fits the parameters to the values that are there (NaN is left out). A width of zero becomes that of
 * the level (1 for zeros), so that a later value is small however small or large the constant was.
 *
 * @returns undefined when `log` or `boxcox` meets a value that is not positive
 */
export function fitColumn(kind: ScalerKind, values: Float64Array): ColumnScale | undefined {
  const known = withoutNaN(values);
  if (kind === 'none' || known.length === 0) return unscaled;
  if (kind === 'log' || kind === 'boxcox') {
    if (known.some((value) => value <= 0)) return undefined;
    const lambda = kind === 'log' ? 0 : boxCoxLambda(known);
    return { ...momentScale(known.map((value) => boxCox(value, lambda))), lambda };
  }
  if (kind === 'standard') return momentScale(known);
  if (kind === 'minmax') return extentScale(known);
  const robust = medianScale(known);
  // 1.4826 makes the median deviation of a normal sample its standard deviation.
  return kind === 'robust' ? robust : { ...robust, scale: robust.scale * 1.4826 };
}

/** Scaled value: NaN for NaN, and for a value outside the domain of the kind. */
export function scaleValue(kind: ScalerKind, { shift, scale, lambda }: ColumnScale, value: number): number {
  if (kind === 'log' || kind === 'boxcox') return value > 0 ? (boxCox(value, lambda) - shift) / scale : Number.NaN;
  const moved = (value - shift) / scale;
  return kind === 'arcsinh' ? Math.asinh(moved) : moved;
}

/** The value that `scaleValue` scaled. */
export function unscaleValue(kind: ScalerKind, { shift, scale, lambda }: ColumnScale, scaled: number): number {
  if (kind === 'arcsinh') return Math.sinh(scaled) * scale + shift;
  const value = scaled * scale + shift;
  return kind === 'log' || kind === 'boxcox' ? inverseBoxCox(value, lambda) : value;
}

/** The values themselves where all are known, as nearly always: a forecast of new series is half spent on their scales. */
function withoutNaN(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) return values.filter((value) => !Number.isNaN(value));
  }
  return values;
}

/** Plain loops: `reduce` with a function takes several times as long. */
function momentScale(values: Float64Array): ColumnScale {
  const [first, count] = [values[0], values.length];
  let sum = 0;
  // Rounding leaves a constant series of large values with a tiny width; dividing by it would blow up noise.
  let isConstant = true;
  for (let i = 0; i < count; i++) {
    sum += values[i]!;
    if (values[i] !== first) isConstant = false;
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const away = values[i]! - mean;
    squares += away * away;
  }
  const variance = squares / count;
  return { shift: mean, scale: (isConstant ? 0 : Math.sqrt(variance)) || widthOf(mean), lambda: 0 };
}

function extentScale(values: Float64Array): ColumnScale {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { shift: least, scale: most - least || widthOf(least), lambda: 0 };
}

/** Median and median absolute deviation; where more than half are equal, the mean absolute deviation. */
function medianScale(values: Float64Array): ColumnScale {
  const shift = median(values.slice().sort());
  const deviations = values.map((value) => Math.abs(value - shift)).sort();
  const mean = deviations.reduce((sum, value) => sum + value, 0) / deviations.length;
  return { shift, scale: median(deviations) || mean || widthOf(shift), lambda: 0 };
}

/** Width of a constant. */
function widthOf(level: number): number {
  return Math.abs(level) || 1;
}

function median(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
