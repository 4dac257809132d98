import { type SeriesSet, timeAt, writeTime } from '@nt/data';
import { failed, type LeakCheck, type LeakDifference, passed } from './leak-report.ts';
import { repeatedTargets } from './repeated-targets.ts';

/**
 * Columns must not hold what is not known yet: not a shifted copy of the target, and, where `prepare` makes them, nothing
 * before the cut that changes with what comes after it. Covariates known ahead must not change behind the cut either.
 */
export function checkPrepared(
  set: SeriesSet,
  cuts: ArrayLike<number>,
  horizon: number,
  others: readonly [future: string, prepared: SeriesSet][],
): LeakCheck {
  const copies = repeatedTargets(set, horizon);
  if (copies.length > 0) {
    return failed('covariates', `${copies.join('; ')}. Shift the column back, or give it another role.`);
  }
  const differences = others.flatMap(([future, other]) => differencesOf(set, other, cuts, future));
  if (differences.length > 0) {
    const [{ what, future }] = differences as [LeakDifference];
    return failed('covariates', `'${what}' is another when later values are ${future}`, differences);
  }
  const names = [set.historic, set.future, set.static].flatMap((covariates) => covariates?.names ?? []);
  return passed('covariates', names.length === 0 ? 'there are none' : `${names.join(', ')}: none knows what comes`);
}

function differencesOf(set: SeriesSet, other: SeriesSet, cuts: ArrayLike<number>, future: string): LeakDifference[] {
  const found: LeakDifference[] = [];
  const compare = (what: string, series: number, step: number, was: number, is: number): void => {
    if (Object.is(was, is)) return;
    found.push({ future, what, series: set.ids[series]!, time: writeTime(set, timeAt(set, series, step)), was, is });
  };
  for (let series = 0; series < set.ids.length; series++) {
    const cut = cuts[series]!;
    const rows = Math.min(rowsOf(set, series), rowsOf(other, series));
    for (let step = 0; step < rows; step++) {
      if (step < cut) {
        const target = (one: SeriesSet): number => one.values[one.offsets[series]! + step]!;
        compare(set.target, series, step, target(set), target(other));
      }
      for (const kind of step < cut ? (['historic', 'future'] as const) : (['future'] as const)) {
        set[kind]?.names.forEach((name, column) => {
          compare(name, series, step, cell(set, kind, series, step, column), cell(other, kind, series, step, column));
        });
      }
    }
    set.static?.names.forEach((name, column) => {
      const at = series * set.static!.names.length + column;
      compare(name, series, 0, set.static!.values[at]!, other.static?.values[at] ?? Number.NaN);
    });
  }
  return found;
}

const rowsOf = (set: SeriesSet, series: number): number => set.offsets[series + 1]! - set.offsets[series]!;

function cell(set: SeriesSet, kind: 'historic' | 'future', series: number, step: number, column: number): number {
  const covariates = set[kind];
  if (!covariates) return Number.NaN;
  return covariates.values[(set.contextOffsets[series]! + step) * covariates.names.length + column] ?? Number.NaN;
}
