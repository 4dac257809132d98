import { remedy } from '../remedy.ts';
/** Cells that mean "no value" unless `nullValues` says otherwise. */
export const defaultNullValues: readonly string[] = ['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', 'None', '-'];

const grammar = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const infinite = /^([+-]?)(inf|infinity)$/i;

/**
 * Reads a number strictly: sign, digits, point, digits, exponent; `inf` words give infinities.
 *
 * @returns undefined when the text is no number
 */
export function parseNumber(text: string, decimal: '.' | ','): number | undefined {
  const normal = decimal === ',' ? decimalPoint(text) : text;
  if (normal !== undefined && grammar.test(normal)) return Number(normal);
  const match = infinite.exec(text);
  if (match) return match[1] === '-' ? -Infinity : Infinity;
  return undefined;
}

/** What the writer of a text that is no number probably meant. */
export function numberHint(text: string, decimal: '.' | ','): string {
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return '; thousands separators must be removed';
  if (decimal === '.' && /^[+-]?\d*,\d+$/.test(text)) return `; for a decimal comma pass ${remedy('decimal', ',')}`;
  if (decimal === ',' && /^[+-]?\d*\.\d+$/.test(text)) return `; for a decimal point pass ${remedy('decimal', '.')}`;
  if (/%\s*$/.test(text)) return '; remove the percent sign';
  if (/^[$€£¥]|[$€£¥]$/.test(text)) return '; remove the currency sign';
  if (/^[A-Za-z#/.?-]{1,5}$/.test(text)) return `; if it means "no value", pass ${remedy('nullValues', [text])}`;
  return '';
}

function decimalPoint(text: string): string | undefined {
  return text.includes('.') ? undefined : text.replace(',', '.');
}
