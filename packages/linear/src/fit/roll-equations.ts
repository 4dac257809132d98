import type { StepRanges } from '@nt/data';
import type { LagRun } from '../moments/lag-moments.ts';
import type { LearnedWindows } from '../saved/ridge-state.ts';
import { seriesChannels } from '../windows/series-channels.ts';
import type { Equations, RidgeEquations } from './solve-choice.ts';
import { addRuns, runsOf, type WindowSource } from './window-source.ts';

/** The equations of the windows in `ranges`, made from those of the windows that were learned; these stay as they are. */
export function rollEquations(
  source: WindowSource,
  equations: RidgeEquations,
  learned: LearnedWindows,
  ranges: StepRanges,
): RidgeEquations {
  const old = { starts: Float64Array.from(learned.starts), ends: Float64Array.from(learned.ends) };
  const rolled = {
    shared: copyOf(equations.shared),
    own: new Map([...equations.own].map(([id, moments]) => [id, copyOf(moments)])),
  };
  for (const [series, id] of source.set.ids.entries()) {
    const before = runsOf(source, series, old);
    const after = runsOf(source, series, ranges);
    const channels = seriesChannels(source.set, series, source.layout);
    const own = rolled.own.get(id);
    for (const [halfLife, moments] of [...rolled.shared, ...(own ?? [])]) {
      addRuns(source, moments, series, channels, without(before, after), halfLife, -1);
      addRuns(source, moments, series, channels, without(after, before), halfLife);
    }
  }
  return rolled;
}

const copyOf = (equations: Equations): Equations =>
  new Map([...equations].map(([halfLife, { size, matrix }]) => [halfLife, { size, matrix: matrix.slice() }]));

/** The origins of some runs that are in none of the others. Both ascend and do not overlap. */
export function without(runs: readonly LagRun[], others: readonly LagRun[]): LagRun[] {
  return runs.flatMap(({ first, end }) => {
    const left: LagRun[] = [];
    let from = first;
    for (const other of others) {
      if (other.end <= from || other.first >= end) continue;
      if (other.first > from) left.push({ first: from, end: other.first });
      from = Math.max(from, other.end);
    }
    return from < end ? [...left, { first: from, end }] : left;
  });
}
