import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';
import { changesUnit, type EpochUnit, epochMilliseconds, epochUnitOf } from './epoch-time.ts';

/**
 * Watches over whole-number times of one column: in which unit they begin, and where they go over into another. The unit of
 * the column follows from the largest numbers, so that the row that does not fit it is often the first, while what a
 * person looks for is the row of the change.
 */
export class UnitChange {
  /** Whether a number was met that cannot have the unit of the column. */
  isFound = false;
  private first: EpochUnit | undefined;
  private change: { readonly place: number; readonly text: string; readonly to: EpochUnit } | undefined;

  /**
   * @param place line or row, from 1
   * @returns whether the number cannot have the unit of its column
   */
  isStray(value: number, unit: EpochUnit, place: number, text: string): boolean {
    const own = epochUnitOf(value);
    this.first ??= own;
    if (own !== this.first) this.change ??= { place, text, to: own };
    if (own === unit || !changesUnit(value, unit)) return false;
    this.isFound = true;
    return true;
  }

  /** Leaving rows out would lose one side of the change: the only way is to write the file in one unit. */
  toError(file: string, column: string, kind: 'line' | 'row'): DataError {
    const { place, text, to } = this.change ?? { place: 1, text: '', to: this.first! };
    const from = this.first!;
    const finer = epochMilliseconds[to] < epochMilliseconds[from] ? to : from;
    const message = `${file}: ${kind} ${place}, column '${column}': ${text} seems to be ${to} since 1970, while the rows before are read as ${from}: write all in one unit, or pass ${remedy('timeUnit', finer)} if all have it.`;
    return new DataError('data/time-range', message, { file, column, [kind]: place, value: text, option: 'timeUnit' });
  }
}
