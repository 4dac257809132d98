import { type Remedy, type RemedyValue, translateRemedies } from '@nt/data';
import type { Command, Option } from 'commander';
import { takesValue, valueKind } from '../options/option-schema.ts';
import { changedRunAsFlags } from '../options/remedies-as-flags.ts';

/** Options that messages of the libraries call otherwise than the command. */
const otherNames: Readonly<Record<string, string>> = { test: 'testSplit', validation: 'valSplit' };

/** What an agent calls an option of the libraries. */
export const argumentName = (option: string): string => otherNames[option] ?? option;

/** What messages say of flags and of options of the libraries, as the arguments that an agent gives: `gaps: "forward"`. */
export function inArguments(message: string, command: Command): string {
  return translateRemedies(changedRunAsFlags(message), remedyAsArgument)
    .replace(/\bscaling: '(\w+)'/g, 'scaling: "$1"')
    .replace(/\bnt (train|backtest|optimize|info|forecast|evaluate|export)\b( -[\w-]+ …?)?/g, 'the tool $1')
    .replace(/\bnt resume (\S+?)(?=[.,;]?(?:\s|$))/g, 'the tool resume with folder: $1')
    .replace(/(?<![\w-])--?[a-z][a-z-]*(?:[ =](?:"[^"]*"|<[^<>]+>|[A-Z]{2,}\b|[\w./%:+-]*\w))?/g, (text) =>
      flagAsArgument(text, command),
    );
}

function flagAsArgument(text: string, command: Command): string {
  const [, flag = '', space = '', word = ''] = /^(--?[a-z][a-z-]*)(?:([ =])(.*))?$/s.exec(text) ?? [];
  const option = command.options.find(({ long, short }) => flag === long || flag === short);
  const on =
    option ?? command.options.find(({ long }) => flag.startsWith('--no-') && long === flag.replace('--no-', '--'));
  if (on === undefined) return flag.startsWith('--') ? `${camelCase(flag)}${space}${word}` : text;
  const name = on.attributeName();
  if (on.negate || option === undefined) return `${name}: false${space}${word}`;
  if (!takesValue(on)) return `${name}: true${space}${word}`;
  if (/^[A-Z]{2,}$|^</.test(word)) return name;
  return isValue(on, word) ? `${name}: ${word}` : `${name}${space}${word}`;
}

/** A flag of another verb: `--val-split` is `valSplit`. */
const camelCase = (flag: string): string =>
  flag.slice(2).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Whether a word behind a flag is its value, or the sentence goes on. */
function isValue(option: Option, word: string): boolean {
  if (/^"|^[\d.-]+$/.test(word)) return true;
  const { enum: values = [], choices = [] } = valueKind(option).schema as Readonly<Record<string, readonly unknown[]>>;
  return [...values, ...choices].includes(word);
}

function remedyAsArgument({ option, values }: Remedy): string {
  const texts = values.map((value) => (value === null ? '…' : written(value)));
  const last = texts.pop()!;
  return `${argumentName(option)}: ${texts.length === 0 ? last : `${texts.join(', ')} or ${last}`}`;
}

const written = (value: Exclude<RemedyValue, null>): string => JSON.stringify(value);
