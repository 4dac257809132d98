import { remedy } from '../remedy.ts';

/** Cells that mean "no value"; `nullValues` adds to them. */
export const defaultNullValues: readonly string[] = ['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', 'None', '-'];

/** Signs that may part groups of three digits; `' '` stands for blanks of every width, `'` for both apostrophes. */
export type ThousandsSign = '.' | ',' | ' ' | "'";

/** Signs before the fraction of a number. */
export const decimalSigns = ['.', ','] as const;
/** Signs that group the digits of large numbers. */
export const thousandsSigns: readonly ThousandsSign[] = ['.', ',', ' ', "'"];

/** How numbers are written. */
export interface NumberStyle {
  readonly decimal: '.' | ',';
  readonly thousands?: ThousandsSign | undefined;
}

const grammar = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const infinite = /^([+-]?)(inf|infinity)$/i;
const groupSigns: Readonly<Record<ThousandsSign, string>> = {
  '.': '\\.',
  ',': ',',
  ' ': '[ \\u00a0\\u2009\\u202f]',
  "'": "['\\u2019]",
};
const groups = new Map(
  thousandsSigns.map((sign) => {
    const one = groupSigns[sign];
    const inner = sign === ',' ? `(?:(?:${one}\\d{3})+|(?:${one}\\d{2})+${one}\\d{3})` : `(?:${one}\\d{3})+`;
    return [sign, [new RegExp(`^[+-]?\\d{1,3}${inner}(?!\\d)(?!${one})`), new RegExp(one, 'g')]] as const;
  }),
);

/** The style of the options; a thousands sign that is the usual decimal sign leaves the other one for decimals. */
export function numberStyle(options: Partial<NumberStyle>): NumberStyle {
  return { decimal: options.decimal ?? (options.thousands === '.' ? ',' : '.'), thousands: options.thousands };
}

/**
 * Reads a number strictly: sign, digits, decimal sign, digits, exponent; groups of three digits when `thousands` says so,
 * with commas also as India groups them (12,34,567); `inf` words give infinities.
 *
 * @returns undefined when the text is no number
 */
export function parseNumber(text: string, { decimal, thousands }: NumberStyle): number | undefined {
  let normal: string | undefined = text.trim();
  if (normal.startsWith('\u2212')) normal = `-${normal.slice(1)}`;
  if (thousands !== undefined) normal = ungrouped(normal, thousands);
  if (decimal === ',') normal = decimalPoint(normal);
  if (grammar.test(normal)) return Number(normal);
  const match = infinite.exec(normal);
  if (match) return match[1] === '-' ? -Infinity : Infinity;
  return undefined;
}

/** The numbers among texts that mean "no value". */
export function nullNumbers(nullValues: readonly string[], style: NumberStyle): ReadonlySet<number> {
  return new Set(nullValues.map((text) => parseNumber(text, style)).filter((value) => value !== undefined));
}

function decimalPoint(text: string): string {
  return text.includes('.') ? 'not a number' : text.replace(',', '.');
}

/** Takes out the signs between groups; a text in which they stand elsewhere stays as it is and is no number. */
function ungrouped(text: string, sign: ThousandsSign): string {
  const [form, signs] = groups.get(sign)!;
  return form.test(text) ? text.replace(signs, '') : text;
}

const grouped = /^[+-]?\d{1,3}(([.,'\u2019_ \u00a0\u2009\u202f])\d{3})(\2\d{3})*(?:[.,]\d+)?$/;
const indian = /^[+-]?\d{1,2}(,\d\d)+,\d{3}(\.\d+)?$/;

/** Numbers as people and programs write them that are read by none of the options. */
const oddForms: readonly (readonly [RegExp, string])[] = [
  [/^[+-]?0x[\da-f]+$/i, '; write it with digits from 0 to 9, not as a hexadecimal number'],
  [/^[+-]?[\d.]+d[+-]?\d+$/i, '; write e before the exponent, not D'],
  [/^[-+\u2212]\s+[\d.]/, '; write its sign right before the digits'],
  [/^['"`][-+\d.]/, '; remove the quote in front of it'],
  [/^\d+ \d+\/\d+$|^\d+\/\d+$/, '; write a fraction with a decimal point'],
  [/^-?\d+(:\d\d){1,2}(\.\d+)?$/, '; write a duration as one number, of seconds or hours'],
  [/\\x00|\0/, ': it holds NUL bytes, as files have that were cut off while being written'],
];

/** What the writer of a text that is no number probably meant, and what to pass or to write; '' when nothing is known. */
export function numberHint(cell: string, { decimal }: NumberStyle): string {
  const text = cell.trim();
  const group = grouped.exec(text);
  if (group?.[2] === '_') return '; thousands separators must be removed';
  if (indian.test(text)) return groupHint(text, ',', decimal);
  if (group) return groupHint(text, group[2]!, decimal);
  if (decimal === '.' && /^[+-]?\d*,\d+([eE][+-]?\d+)?$/.test(text))
    return `; for a decimal comma pass ${remedy('decimal', ',')}`;
  if (decimal === ',' && /^[+-]?\d*\.\d+([eE][+-]?\d+)?$/.test(text))
    return `; for a decimal point pass ${remedy('decimal', '.')}`;
  if (/^(true|false|yes|no)$/i.test(text)) return '; write 1 and 0';
  if (/\d\s*%$/.test(text)) return '; remove the percent sign';
  if (/^[-+]?(\p{Sc}|[A-Z]{3}\s)|(\p{Sc}|\s[A-Z]{3})$/u.test(text) && /\d/.test(text))
    return '; remove the currency sign';
  if (/^[\d.,]+\s*[-\u2212]$/.test(text)) return '; write the minus sign in front';
  if (/^\([\d.,\s]+\)$/.test(text)) return '; write a negative number with a minus sign, not in parentheses';
  if (/^[+-]?\d+([.,]\d+)?\s?[kKmMbB]$/.test(text)) return '; write it in full, without the letter';
  if (/^[^\d\p{L}]*\p{Nd}/u.test(text) && !/\d/.test(text)) return '; write digits from 0 to 9';
  const odd = oddForms.find(([form]) => form.test(text))?.[1];
  if (odd !== undefined) return odd;
  if (/^[<>≤≥~≈]\s*[\d.,]+/.test(text))
    return `; a bound is no number: write one, or pass ${remedy('nullValues', [text])} if it is to be left out`;
  if (/^[+-]?[\d.,]+\s*[^\d\s.,:/-].{0,11}$/u.test(text)) return '; remove what stands behind the number';
  if (/^(#.{0,12}|[^\d\s]{1,8}|[A-Za-z ]{1,16})$/u.test(text))
    return `; if it means "no value", pass ${remedy('nullValues', [text])}`;
  return '';
}

function groupHint(text: string, sign: string, decimal: '.' | ','): string {
  const isOneGroup = /^[+-]?\d{1,3}[.,]\d{3}$/.test(text);
  const option = sign === '.' || sign === ',' ? sign : sign === "'" || sign === '\u2019' ? "'" : ' ';
  const told = `pass ${remedy('thousands', option)}`;
  if (isOneGroup && (sign === '.' || sign === ',') && sign !== decimal)
    return `; thousands separators must be removed, or told: ${told}; for a decimal ${sign === ',' ? 'comma' : 'point'} pass ${remedy('decimal', sign)}`;
  const needsComma = option === '.' || (option !== ',' && /,\d+$/.test(text));
  const both = needsComma && decimal === '.' ? ` and ${remedy('decimal', ',')}` : '';
  return `; thousands separators must be removed, or told: ${told}${both}`;
}

/** True for a text that is meant as a number but is none: a column of such texts is not one of names. */
export function isNearNumber(text: string): boolean {
  return (
    /^[^\p{L}\d]{0,2}\d[\d.,'\u2019_\s]*\s*([%\p{Sc}-]|[kKmMbB])?\)?$/u.test(text.trim()) &&
    !/^\d{1,4}([-/.])\d{1,2}(\1\d{1,4})?$/.test(text.trim())
  );
}
