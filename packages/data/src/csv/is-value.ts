import { fittingFormats } from '../time/fitting-format.ts';
import { isTimeText } from '../time/is-time-text.ts';
import { isNearNumber, parseNumber } from './parse-number.ts';

/** A cell that is a number or a time in some way of writing, and so no name of a column. */
export function isValue(cell: string): boolean {
  if (parseNumber(cell, { decimal: '.' }) !== undefined || isNearNumber(cell)) return true;
  return isTimeText(cell) || fittingFormats(cell).length > 0;
}
