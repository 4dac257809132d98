import { type Remedy, type RemedyValue, translateRemedies } from '@nt/data';
import { type FlagTable, flagName, noFlagName, signWord } from './flag-table.ts';
import { type ReaderFlags, readerFlags } from './reader-flags.ts';
import { shellText } from './shell-text.ts';
import { listedName } from './value-kind.ts';

/** The packages speak of their options (`badRows: 'reject'`); for a user of the command these are flags (`--bad-rows reject`). */
export function remediesAsFlags(message: string): string {
  // `scaling` is an option of @nt/forecast/onnx, no reader's; what to read is no option of a reader either.
  return translateRemedies(changedRunAsFlags(message), remedyAsFlag)
    .replace(/\bscaling: '(\w+)'/g, '--scaling $1')
    .replace("(the path '-')", '(-d - < FILE)');
}

/** What the trainer says of a run that is resumed with other settings, whose changes no flag declares. */
export const changedRunAsFlags = (message: string): string =>
  message.replace(
    /Resume with the saved one, or declare the change: allowChanged: \[.*?\]\./,
    "Leave away what changes it: --resume takes the run's own settings. For others start anew: --overwrite, or another folder with -o.",
  );

/** Options that messages offer beside those of the readers: flag and what stands behind it. */
const otherFlags: Readonly<Record<string, readonly [flag: string, value: string]>> = {
  horizon: ['--horizon', 'steps'],
  inputSize: ['--input-size', 'steps'],
  test: ['--test-split', 'part'],
  validation: ['--val-split', 'part'],
};

/** `--gaps forward, linear or zero`: an offer of a message as it is typed. */
export function remedyAsFlag({ option, values }: Remedy): string {
  const row = (readerFlags as FlagTable)[option];
  const [flag, unknown] = otherFlags[option] ?? [flagName(option), row!.value ?? ''];
  let isFirst = true;
  const texts = values.map((value) => {
    if (value === false) return noFlagName(option);
    if (value === true) return flag;
    const separator = row?.kind === 'names' ? ',' : ` ${flag} `;
    const text = `${isFirst ? `${flag} ` : ''}${written(value, unknown, separator)}`;
    isFirst = false;
    return text;
  });
  const last = texts.pop()!;
  return texts.length === 0 ? last : `${texts.join(', ')} or ${last}`;
}

/** What was said about a file, as it is typed: `--target close --skip-rows 1`. */
export function readerWords(given: ReaderFlags): string {
  const remedies = Object.entries(given).map(([option, value]) => ({ option, values: [value] }) as Remedy);
  return remedies.map(remedyAsFlag).join(' ');
}

function written(value: Exclude<RemedyValue, boolean>, unknown: string, separator: string): string {
  if (value === null) return `<${unknown}>`;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return signText(signWord(value));
  if (separator === ',') return signText(value.map(listedName).join(','));
  return value.map((item) => shellText(item)).join(separator);
}

/** A word for a shell; bare signs would look like the end of the sentence. */
function signText(word: string): string {
  return /^[.,:]+$/.test(word) ? `"${word}"` : shellText(word);
}
