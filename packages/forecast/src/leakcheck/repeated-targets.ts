import { type SeriesSet, seriesValues } from '@nt/data';

/** Pairs of which fewer prove nothing. */
const fewest = 20;
/** How far back an innocent explanation is looked for: a season of hours in a fortnight. */
const farthest = 400;

/**
 * Columns that are the target of later steps, but for a factor, a constant and rounding: historic ones of steps behind their own,
 * those known ahead of any step that a forecast may reach. A column that is just as well the target of steps long past (a
 * lag of a season, a trend) is none. Says which, in words.
 */
export function repeatedTargets(set: SeriesSet, horizon: number): string[] {
  return (['historic', 'future'] as const).flatMap((kind) => {
    const nearest = kind === 'historic' ? 1 : 1 - horizon;
    return (set[kind]?.names ?? []).flatMap((name, column) => {
      if (set[kind]!.categorical[column]) return [];
      const leads = Array.from({ length: horizon - nearest + 1 }, (_, i) => nearest + i);
      const isFew = set.ids.map((_, series) => isOfFewValues(cellsOf(set, kind, column, series)));
      const lead = leads.find((each) => repeats(set, kind, column, each, isFew));
      if (lead === undefined) return [];
      const lags = Array.from({ length: farthest }, (_, i) => nearest - 1 - i);
      if (lags.some((each) => repeats(set, kind, column, each, isFew))) return [];
      const where = lead === 0 ? 'the same step' : `${Math.abs(lead)} steps ${lead > 0 ? 'later' : 'earlier'}`;
      const role = kind === 'historic' ? '(historic)' : '(known ahead)';
      return [`'${name}' ${role} is the target of ${where}`];
    });
  });
}

/** Whether a column is a line of the target `lead` steps later, in every series that is long enough, and in one at least. */
function repeats(
  set: SeriesSet,
  kind: 'historic' | 'future',
  column: number,
  lead: number,
  isFew: readonly boolean[],
): boolean {
  let isSeen = false;
  for (let series = 0; series < set.ids.length; series++) {
    const pairs = pairsOf(set, kind, column, series, lead);
    const found = isFew[series] ? isExactLine(pairs) : isLine(pairs);
    if (found === false) return false;
    isSeen ||= found === true;
  }
  return isSeen;
}

/** A column of one series, as far as there are targets. */
function cellsOf(set: SeriesSet, kind: 'historic' | 'future', column: number, series: number): number[] {
  const { values: cells, names } = set[kind]!;
  const start = set.contextOffsets[series]!;
  return Array.from(seriesValues(set, series), (_, step) => cells[(start + step) * names.length + column]!).filter(
    (cell) => !Number.isNaN(cell),
  );
}

function* pairsOf(
  set: SeriesSet,
  kind: 'historic' | 'future',
  column: number,
  series: number,
  lead: number,
): Generator<readonly [x: number, y: number]> {
  const { values: cells, names } = set[kind]!;
  const values = seriesValues(set, series);
  for (let step = Math.max(0, -lead); step < Math.min(values.length, values.length - lead); step++) {
    const x = values[step + lead]!;
    const y = cells[(set.contextOffsets[series]! + step) * names.length + column]!;
    if (!Number.isNaN(x) && !Number.isNaN(y)) yield [x, y];
  }
}

/** Flags, weekdays, coarse levels: what rounding may hide is more than they tell, so only an exact line counts. */
function isOfFewValues(values: readonly number[]): boolean {
  const [least, most] = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  return most - least <= (fewestHalves * unitOf(values)) / 2;
}

/** y = a + b x for all pairs without any rounding, b not 0; undefined as for `isLine`. Ends at the first pair beside it. */
function isExactLine(pairs: Iterable<readonly [x: number, y: number]>): boolean | undefined {
  let first: readonly [x: number, y: number] | undefined;
  let slope: number | undefined;
  let count = 0;
  for (const pair of pairs) {
    count++;
    first ??= pair;
    const [x, y] = [pair[0] - first[0], pair[1] - first[1]];
    if (slope === undefined && x !== 0) slope = y / x;
    const size = Math.max(Math.abs(pair[1]), Math.abs(first[1]));
    if (slope === 0 || Math.abs(y - (slope ?? 0) * x) > 1e-9 * size) return false;
  }
  return count < fewest || slope === undefined ? undefined : true;
}

/**
 * y = a + b x for all pairs, but for the digits to which both are written, b not 0; undefined when there are too few, or
 * x never varies. A column of few values, which roundings explain, is none.
 */
function isLine(pairs: Iterable<readonly [x: number, y: number]>): boolean | undefined {
  const seen: (readonly [number, number])[] = [];
  for (const pair of pairs) {
    seen.push(pair);
    // Most columns are no line, and the first few pairs show it; they tell the line less well than all.
    if (seen.length === fewest && deviation(seen, true) > 3) return false;
  }
  const found = seen.length < fewest ? Number.NaN : deviation(seen);
  return Number.isNaN(found) ? undefined : found <= 1.5;
}

/** Half of what lies between neighbouring values is lost by rounding; a range of so many halves is none of its making. */
const fewestHalves = 40;

/**
 * The largest distance of a pair from the line of least squares, in units of what rounding explains; infinite when the
 * column does not follow the target, NaN when the target never varies. At a first look at few pairs nothing is concluded
 * from few values.
 */
function deviation(pairs: readonly (readonly [x: number, y: number])[], isFirstLook = false): number {
  const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
  const [x, y] = [meanOf(xs), meanOf(ys)];
  const spread = meanOf(xs.map((one) => (one - x) ** 2));
  if (spread === 0) return Number.NaN;
  const slope = meanOf(pairs.map((pair) => (pair[0] - x) * (pair[1] - y))) / spread;
  const size = ys.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  const farthestFrom = pairs.reduce((most, [a, b]) => Math.max(most, Math.abs(b - y - slope * (a - x))), 0);
  // Without any rounding even a column of few values is the target.
  if (farthestFrom <= 1e-9 * size && slope !== 0) return 0;
  const half = (unitOf(ys) + Math.abs(slope) * unitOf(xs)) / 2 + 1e-9 * size;
  const range = ys.reduce((most, one) => Math.max(most, Math.abs(one - y)), 0);
  if (!(range > fewestHalves * half)) return isFirstLook ? 0 : Number.POSITIVE_INFINITY;
  return farthestFrom / half;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The last digit to which all values are written: 0.01; 0 when they have more than nine digits behind the point. */
function unitOf(values: readonly number[]): number {
  let digits = 0;
  for (const value of values) {
    while (digits < 10 && Math.abs(value * 10 ** digits - Math.round(value * 10 ** digits)) > 1e-6) digits += 1;
  }
  return digits < 10 ? 10 ** -digits : 0;
}
