import { type Remedy, type RemedyValue, translateRemedies } from '@nt/data';
import { titleOf, valueText } from './reading-options.ts';

/** Options that messages offer beside those of the reader: fields of the page, or what only the command can be told. */
const otherTitles: Readonly<Record<string, string>> = {
  horizon: 'Horizon',
  inputSize: 'Look-back',
  test: 'the command’s --test-split',
  validation: 'the command’s --val-split',
};

/** Stands before each remedy while a message is translated. */
const mark = '\u0001';

/** A message of the packages, which offer their options (`badRows: 'reject'`), in the words of the page's form. */
export const inWordsOfThePage = (message: string): string =>
  translateRemedies(message, (remedy) => mark + remedyText(remedy))
    .replaceAll(`pass ${mark}`, 'choose ')
    .replaceAll(mark, '')
    .replace(", or pipe it in (the path '-')", '');

/** `Missing time steps: forward, linear or zero`. */
export function remedyText({ option, values }: Remedy): string {
  const title = titleOf(option) ?? otherTitles[option] ?? option;
  const known = values.filter((value) => value !== null).map(valueText);
  const last = known.pop();
  if (last === undefined) return title;
  return `${title}: ${known.length === 0 ? last : `${known.join(', ')} or ${last}`}`;
}

/** One offer, as a button says it. */
export const offerText = (option: string, value: RemedyValue): string =>
  `${titleOf(option) ?? option}: ${valueText(value)}`;
