/** Value of an option as a message shows it; `null` stands for one that only the reader of the message knows. */
export type RemedyValue = string | number | boolean | null | readonly string[];

/** An option that a message may offer. */
export type RemedyOption =
  | 'badRows'
  | 'comment'
  | 'decimal'
  | 'delimiter'
  | 'duplicates'
  | 'encoding'
  | 'frequency'
  | 'future'
  | 'gaps'
  | 'header'
  | 'historic'
  | 'horizon'
  | 'id'
  | 'inputSize'
  | 'layout'
  | 'missing'
  | 'nonFinite'
  | 'nullValues'
  | 'skipRows'
  | 'static'
  | 'target'
  | 'test'
  | 'thousands'
  | 'time'
  | 'timeFormat'
  | 'timezone'
  | 'timeUnit'
  | 'unsorted'
  | 'validation';

/**
 * Every option that a message of this package offers as a way out, with the values that messages give it (or an
 * example of them). Whoever has other words for the options, as a command has flags, translates by this list.
 */
export const remedyExamples: Readonly<Record<RemedyOption, readonly RemedyValue[]>> = {
  badRows: ['reject'],
  comment: ['#'],
  decimal: ['.', ','],
  delimiter: [',', ';', '\t', '|'],
  duplicates: ['last', 'first', 'mean'],
  encoding: ['utf-8', 'utf-16le', 'utf-16be', 'latin1', 'windows-1252'],
  frequency: ['hour', null],
  future: [['price'], null],
  gaps: ['rowOrder', 'forward', 'linear', 'zero', 'mask'],
  header: [false, true],
  historic: [['volume'], null],
  horizon: [24, null],
  id: ['shop', null],
  inputSize: [24, null],
  layout: ['wide', 'long', 'crosstab'],
  missing: ['drop', 'forward', 'linear', 'zero', 'mask'],
  nonFinite: ['mask'],
  nullValues: [['#N/A']],
  skipRows: [3],
  static: [['region'], null],
  target: ['sales', null],
  test: [0.1, 20, null],
  thousands: ['.', ',', ' ', "'"],
  time: ['date', ['date', 'time'], false, null],
  timeFormat: ['%d/%m/%Y', null],
  timezone: ['Europe/Berlin'],
  timeUnit: ['s', 'ms', 'us', 'ns', 'excel', 'cocoa'],
  unsorted: ['sort'],
  validation: [0.1, 20, null],
};

/** One offer of a message: the option and, in the order of preference, the values that would help. */
export interface Remedy {
  readonly option: RemedyOption;
  readonly values: readonly RemedyValue[];
}

/**
 * The one way in which messages name an option: `gaps: 'rowOrder'`, several values as `duplicates: 'last' or 'mean'`,
 * a value that the user has to find as `target: …`.
 */
export function remedy(option: RemedyOption, ...values: readonly RemedyValue[]): string {
  const shown = (values.length === 0 ? [null] : values).map(show);
  const last = shown.pop()!;
  return `${option}: ${shown.length === 0 ? last : `${shown.join(', ')} or ${last}`}`;
}

const text = String.raw`(?:'[^'\n]*'|"(?:[^"\\\n]|\\.)*")`;
const value = String.raw`(?:${text}|\[${text}(?:, ${text})*\]|-?\d+(?:\.\d+)?|true|false|…)`;
const pattern = new RegExp(
  String.raw`(?<![\w'"])(${Object.keys(remedyExamples).join('|')}): (${value}(?:, ${value})*(?: or ${value})?)`,
  'g',
);

/** The remedies that a message offers, in its order. */
export function remediesIn(message: string): Remedy[] {
  return [...message.matchAll(pattern)].map((match) => remedyOf(match[1]!, match[2]!));
}

/** Writes a message in other words: each remedy becomes what `translate` makes of it. */
export function translateRemedies(message: string, translate: (remedy: Remedy) => string): string {
  return message.replace(pattern, (_, option: string, values: string) => translate(remedyOf(option, values)));
}

function remedyOf(option: string, values: string): Remedy {
  return { option: option as RemedyOption, values: (values.match(new RegExp(value, 'g')) ?? []).map(parse) };
}

function show(shown: RemedyValue): string {
  if (shown === null) return '…';
  if (typeof shown === 'string') return quoted(shown);
  return typeof shown === 'object' ? `[${shown.map(quoted).join(', ')}]` : String(shown);
}

/** In single quotes; in double ones, with escapes, where that would not do. */
function quoted(shown: string): string {
  return /['\\\p{Cc}]/u.test(shown) ? JSON.stringify(shown) : `'${shown}'`;
}

function parse(shown: string): RemedyValue {
  if (shown === '…') return null;
  if (shown === 'true' || shown === 'false') return shown === 'true';
  if (shown.startsWith('[')) return (shown.match(new RegExp(text, 'g')) ?? []).map(unquoted);
  return /^['"]/.test(shown) ? unquoted(shown) : Number(shown);
}

function unquoted(shown: string): string {
  return shown.startsWith('"') ? (JSON.parse(shown) as string) : shown.slice(1, -1);
}
