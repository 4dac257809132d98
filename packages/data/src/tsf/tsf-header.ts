import { DataError } from '../data-error.ts';
import { remedy } from '../remedy.ts';

/** The part of a `.tsf` file before the series. */
export interface TsfHeader {
  readonly attributes: readonly string[];
  /** As `parseFrequency` reads it; undefined when the file names none. */
  readonly frequency: string | undefined;
  readonly horizon: number | undefined;
  readonly dataStart: number;
  readonly dataLine: number;
}

const frequencies: Readonly<Record<string, string>> = {
  half_hourly: '30 minutes',
  minutely: 'minute',
  secondly: 'second',
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
};

/**
 * Reads the `@` lines. Comments are skipped undecoded: those of the archive hold bytes that are not UTF-8.
 *
 * @throws DataError `data/corrupt-file` when there is no `@data` or no attribute
 */
export function readTsfHeader(name: string, bytes: Uint8Array): TsfHeader {
  const decoder = new TextDecoder();
  const attributes: string[] = [];
  let frequency: string | undefined;
  let horizon: number | undefined;
  let start = 0;
  for (let line = 1; start < bytes.length; line++) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found;
    const isComment = bytes[start] === 35;
    const words = isComment
      ? []
      : decoder
          .decode(bytes.subarray(start, Math.min(end, start + 500)))
          .trim()
          .split(/\s+/);
    start = end + 1;
    const [word, value] = [words[0]?.toLowerCase(), words[1]];
    if (word === '@attribute' && value !== undefined) attributes.push(value);
    else if (word === '@frequency' && value !== undefined) frequency = readFrequency(name, value.toLowerCase(), line);
    else if (word === '@horizon' && Number(value) > 0) horizon = Number(value);
    else if (word === '@data') {
      if (attributes.length === 0) break;
      return { attributes, frequency, horizon, dataStart: start, dataLine: line + 1 };
    } else if (word && !word.startsWith('@')) break;
  }
  const message = `${name}: not a .tsf file: @attribute lines and @data were expected before the series.`;
  throw new DataError('data/corrupt-file', message, { file: name });
}

function readFrequency(name: string, text: string, line: number): string {
  const known = frequencies[text] ?? (/^\d+_[a-z]+$/.test(text) ? text.replace('_', ' ') : undefined);
  if (known !== undefined) return known;
  throw new DataError(
    'data/frequency',
    `${name}: line ${line}: unknown frequency '${text}'; pass ${remedy('frequency')}.`,
    {
      file: name,
      line,
      value: text,
    },
  );
}
