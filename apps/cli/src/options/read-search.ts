import { partOptionTable, type SearchChoice, type SearchSpace } from '@nt/forecast';
import { InvalidArgumentError } from 'commander';
import type { OptionFlag } from './option-flag.ts';
import { choiceText, type ParsedChoice, settingsText } from './parse-choice.ts';
import { fitFlags, forecasterFlags, networkFlags, updateFlags } from './train-flags.ts';
import { each, type JsonSchema, reading } from './value-kind.ts';

/** What is the same in all trials, what the search decides, and what one network has not. */
const notSearched: readonly string[] = [
  ...['nStacks', 'network', 'horizon', 'seed', 'maxUpdates', 'maxEpochs', 'preset', 'ensemble'],
  ...Object.keys(partOptionTable),
];

/** Flags of networks that can be searched, and what the library calls them. */
const searched = [...networkFlags, ...forecasterFlags, ...fitFlags, ...updateFlags].filter(
  ({ option }) => !notSearched.includes(option),
);
/** Whether the option is one of the network itself. */
export const isOfModel = (row: OptionFlag): boolean => networkFlags.includes(row);
/** `lr` */
export const nameOf = ({ flag }: OptionFlag): string => flag.split(' ')[0]!.replace(/^--/, '');

/** What a search is in a configuration: as behind the flag, one or several, or by name what each may be. */
const schema: JsonSchema = {
  anyOf: [
    { type: 'string', pattern: '=' },
    { type: 'array', items: { type: 'string', pattern: '=' } },
    { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean', 'array', 'object'] } },
  ],
};

/** Reads `lr=1e-4..1e-2,log`, `input-size=28|56` or `model.nHarmonics=1..4,step=1`; the flag may be given several times. */
export const readSearch: (text: string, before?: SearchSpace) => SearchSpace = reading(
  (text: string, before?: SearchSpace): SearchSpace => ({ ...before, ...searchOf(text) }),
  schema,
  (value) => (typeof value === 'object' && !Array.isArray(value) ? entriesOf(value!) : each(value).map(String)),
);

const entriesOf = (space: object): readonly string[] =>
  Object.entries(space).map(([name, one]) => searchText(name, one));

/** As it is typed. @param name of the library, or of the command: `learningRate`, `lr`, `inputSize` */
function searchText(name: string, choice: unknown): string {
  const row = searched.find((one) => optionOf(one) === name || nameOf(one) === name);
  const typed = row === undefined ? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) : nameOf(row);
  const flag = row === undefined && name.startsWith('model.') ? name : typed;
  if (typeof choice !== 'object' || choice === null || Array.isArray(choice))
    return `${flag}=${each(choice)
      .map((value) => valueText(value, row))
      .join('|')}`;
  const { min, max, scale, step } = choice as { min?: number; max?: number; scale?: string; step?: number };
  return `${flag}=${min}..${max}${scale === 'log' ? ',log' : ''}${step === undefined ? '' : `,step=${step}`}`;
}

function valueText(value: unknown, row: OptionFlag | undefined): string {
  if (typeof value === 'boolean') return String(value !== (row?.flag.startsWith('--no-') ?? false));
  if (typeof value !== 'object' || value === null) return String(value);
  return 'name' in value ? choiceText(value as ParsedChoice<string>) : settingsText(value);
}

function searchOf(text: string): SearchSpace {
  const [, name = '', values = ''] = /^(?:--)?([\w.-]+)=(.+)$/.exec(text.trim()) ?? [];
  const row = searched.find((one) => nameOf(one) === name);
  if (row === undefined && !/^model\.\w+$/.test(name))
    throw new InvalidArgumentError(`Expected NAME=VALUES, NAME one of ${searched.map(nameOf).join(', ')}.`);
  return { [row === undefined ? name : optionOf(row)]: choiceOf(values, row) };
}

const optionOf = (row: OptionFlag): string => `${isOfModel(row) ? 'model.' : ''}${row.option}`;

function choiceOf(text: string, row: OptionFlag | undefined): SearchChoice {
  const range = /^([-+.\de]+?)\.\.([-+.\de]+)((?:,(?:log|step=[-+.\de]+))*)$/i.exec(text);
  if (range === null || isSwitch(row)) return text.split('|').map((value) => readValue(value, row));
  const [, min, max, more = ''] = range;
  const step = /step=([^,]+)/.exec(more)?.[1];
  const isWhole = row !== undefined && refuses(row, '1.5');
  return {
    min: Number(min),
    max: Number(max),
    ...(more.includes('log') && { scale: 'log' as const }),
    ...(step !== undefined ? { step: Number(step) } : isWhole && { step: 1 }),
  };
}

/** Whether nothing stands behind a flag. */
const isSwitch = (row: OptionFlag | undefined): boolean => row !== undefined && !row.flag.includes(' ');

/** As the flag itself would read it; where nothing must stand behind it, whether it is there. */
function readValue(text: string, row: OptionFlag | undefined): unknown {
  const { flag = '', read, choices } = row ?? {};
  const isOptional = isSwitch(row) || flag.endsWith(']');
  if (isOptional && (text === 'true' || text === 'false')) return (text === 'true') !== flag.startsWith('--no-');
  if (isSwitch(row)) throw new InvalidArgumentError(`${nameOf(row!)} is a switch: expected true, false or true|false.`);
  if (read) return read(text);
  if (choices?.includes(text)) return text;
  if (choices) throw new InvalidArgumentError(`Expected values of ${choices.join(', ')}.`);
  return Number.isNaN(Number(text)) ? text : Number(text);
}

function refuses({ read }: OptionFlag, text: string): boolean {
  try {
    read?.(text);
    return false;
  } catch {
    return true;
  }
}
