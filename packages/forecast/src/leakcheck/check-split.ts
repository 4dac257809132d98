import { type SeriesSet, type TimeSplit, timeAt, writeTime } from '@nt/data';
import { failed, type LeakCheck, passed } from './leak-report.ts';

/** Parts must follow one another in time, and must not depend on the values that come. */
export function checkSplit(
  set: SeriesSet,
  split: TimeSplit,
  others: readonly [future: string, TimeSplit][],
): LeakCheck {
  const faults: string[] = [];
  for (const [series, id] of set.ids.entries()) {
    const at = (step: number): string => writeTime(set, timeAt(set, series, step));
    const { train, validation, test } = split;
    for (const [name, part, next, nextName] of [
      ['training', train, validation, 'validation'],
      ['training', train, test, 'test'],
      ['validation', validation, test, 'test'],
    ] as const) {
      const [end, start] = [part.ends[series]!, next.starts[series]!];
      const isThere = part.starts[series]! < end && start < next.ends[series]!;
      if (isThere && end > start) {
        faults.push(`series '${id}': ${name} goes on to ${at(end - 1)}, ${nextName} begins at ${at(start)}`);
      }
    }
  }
  if (faults.length > 0) return failed('split', faults.slice(0, 3).join('; '));
  const bounds = ({ train, validation, test }: TimeSplit): string =>
    JSON.stringify([train, validation, test].map(({ starts, ends }) => [[...starts], [...ends]]));
  const other = others.find(([, made]) => bounds(made) !== bounds(split));
  if (other) return failed('split', `the parts are others when later values are ${other[0]}`);
  return passed('split', 'training, validation and test follow one another in every series');
}
