import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';

/** Forms of numbers that a column has shown, as bits. */
export const threeDecimals = 1;
export const otherDecimals = 2;
export const smallWhole = 4;
export const largeWhole = 8;

/** The form of a number text of plain digits; 0 for zeros and what has an exponent. */
export function numberForm(text: string, decimal: '.' | ','): number {
  const match = /^[+-]?(\d*)(?:([.,])(\d*))?$/.exec(text);
  if (!match || (match[2] !== undefined && match[2] !== decimal)) return 0;
  const whole = Number(match[1]);
  if (match[3] !== undefined)
    return match[3].length === 3 && whole >= 1 && whole < 1000 ? threeDecimals : otherDecimals;
  return whole === 0 ? 0 : whole < 1000 ? smallWhole : largeWhole;
}

/**
 * Looks for signs between thousands that were read as decimal signs: every fraction has three digits, and whole numbers
 * beside them stay below a thousand. When all numbers have three decimals they may be meant: that is a notice.
 *
 * @returns a notice, or undefined when nothing is suspicious
 * @throws DataError `data/bad-number` when the column jumps between thousands and thousandths
 */
export function checkNumberForms(
  file: string,
  column: string,
  forms: number,
  decimal: '.' | ',',
  example: { readonly value: number; readonly line?: number | undefined } | undefined,
): string | undefined {
  if ((forms & threeDecimals) === 0 || (forms & (otherDecimals | largeWhole)) !== 0) return undefined;
  const sign = decimal === '.' ? 'point' : 'comma';
  const choice = `pass ${remedy('thousands', decimal)} if it parts thousands, or ${remedy('decimal', decimal)} if it is decimal`;
  if ((forms & smallWhole) === 0)
    return `column '${column}': every number has three digits behind the ${sign}, read as decimals; ${choice}`;
  const text = example === undefined ? '' : `: "${example.value.toFixed(3).replace('.', decimal)}"`;
  const place = example?.line === undefined ? '' : `line ${example.line}, `;
  const message = `${file}: ${place}column '${column}'${text}: does the ${sign} part thousands? All fractions of the column have three digits, and the numbers without ${sign} are below 1000; ${choice}.`;
  throw new DataError('data/bad-number', message, {
    file,
    column,
    ...(example?.line === undefined ? {} : { line: example.line }),
  });
}
