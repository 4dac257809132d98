import { type SeriesSet, seriesValues } from '@nt/data';

/** Pairs of which fewer prove nothing. */
const fewest = 20;
/** How far back an innocent explanation is looked for: a season of hours in a fortnight. */
const farthest = 400;

/**
 * Columns that are the target of later steps, but for a factor and a constant: historic ones of steps behind their own,
 * those known ahead of any step that a forecast may reach. A column that is just as well the target of steps long past (a
 * lag of a season, a trend) is none. Says which, in words.
 */
export function repeatedTargets(set: SeriesSet, horizon: number): string[] {
  return (['historic', 'future'] as const).flatMap((kind) => {
    const nearest = kind === 'historic' ? 1 : 1 - horizon;
    return (set[kind]?.names ?? []).flatMap((name, column) => {
      if (set[kind]!.categorical[column]) return [];
      const leads = Array.from({ length: horizon - nearest + 1 }, (_, i) => nearest + i);
      const lead = leads.find((each) => repeats(set, kind, column, each));
      if (lead === undefined) return [];
      const lags = Array.from({ length: farthest }, (_, i) => nearest - 1 - i);
      if (lags.some((each) => repeats(set, kind, column, each))) return [];
      const where = lead === 0 ? 'the same step' : `${Math.abs(lead)} steps ${lead > 0 ? 'later' : 'earlier'}`;
      const role = kind === 'historic' ? '(historic)' : '(known ahead)';
      return [`'${name}' ${role} is the target of ${where}`];
    });
  });
}

/** Whether a column is a line of the target `lead` steps later, in every series that is long enough, and in one at least. */
function repeats(set: SeriesSet, kind: 'historic' | 'future', column: number, lead: number): boolean {
  let isSeen = false;
  for (let series = 0; series < set.ids.length; series++) {
    const found = isLine(pairsOf(set, kind, column, series, lead));
    if (found === false) return false;
    isSeen ||= found === true;
  }
  return isSeen;
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

/** y = a + b x for all pairs, b not 0; undefined when there are too few, or x never varies. */
function isLine(pairs: Iterable<readonly [x: number, y: number]>): boolean | undefined {
  const seen: (readonly [number, number])[] = [];
  let line: Line | null = null;
  for (const pair of pairs) {
    seen.push(pair);
    // Most columns are no line, and the first few pairs show it.
    if (line && !isOn(line, pair)) return false;
    if (seen.length < fewest || line) continue;
    line = lineThrough(seen);
    if (line && (line.slope === 0 || !seen.every((each) => isOn(line!, each)))) return false;
  }
  return line ? true : undefined;
}

interface Line {
  readonly at: readonly [x: number, y: number];
  readonly slope: number;
  readonly size: number;
}

const isOn = ({ at, slope, size }: Line, [x, y]: readonly [number, number]): boolean =>
  Math.abs(y - at[1] - slope * (x - at[0])) <= 1e-9 * Math.max(size, Math.abs(y));

/** Through the pairs that lie farthest apart; null when x does not vary. */
function lineThrough(pairs: readonly (readonly [x: number, y: number])[]): Line | null {
  const at = pairs.reduce((least, pair) => (pair[0] < least[0] ? pair : least));
  const to = pairs.reduce((most, pair) => (pair[0] > most[0] ? pair : most));
  if (to[0] === at[0]) return null;
  return { at, slope: (to[1] - at[1]) / (to[0] - at[0]), size: Math.max(Math.abs(at[1]), Math.abs(to[1])) };
}
