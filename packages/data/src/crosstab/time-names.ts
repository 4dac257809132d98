import { fittingFormats } from '../time/fitting-format.ts';
import { isTimeText } from '../time/is-time-text.ts';

/** A month as six digits. */
export const yearMonth: RegExp = /^(19|20|21)\d\d(0[1-9]|1[0-2])$/;

/** The time in the name of a column: the World Bank writes `1960 [YR1960]`, R puts an X before digits. */
export function timeInName(name: string): string {
  return name.replace(/\s*\[YR\d{4}\]$/, '').replace(/^(?:X|YR)(?=\d{4})/, '');
}

/** Whether the name of a column is a time in some way of writing. */
export function isTimeName(name: string): boolean {
  const text = timeInName(name);
  if (!/\d/.test(text)) return false;
  if (/^\d{4}$/.test(text)) return Number(text) >= 1500 && Number(text) <= 2200;
  return yearMonth.test(text) || isTimeText(text) || fittingFormats(text).length > 0;
}
