import { optimizeOptionTable, partOptionTable, type SearchChoice, type SearchSpace } from '@nt/forecast';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { addOptionFlags, type OptionFlag, optionFlag, optionsGiven } from './option-flag.ts';
import { choiceText, type ParsedChoice, settingsText } from './parse-choice.ts';
import { integer, number } from './parse-number.ts';
import { fitFlags, forecasterFlags, networkFlags, precisionFlag, updateFlags } from './train-flags.ts';

const numbers: readonly OptionFlag[] = [
  optionFlag(optimizeOptionTable, 'trials', '--trials <n>', { read: integer(1) }),
  optionFlag(optimizeOptionTable, 'seconds', '--seconds <s>', { read: number(0) }),
  optionFlag(optimizeOptionTable, 'minUpdates', '--min-updates <n>', { read: integer(1) }),
  optionFlag(optimizeOptionTable, 'eta', '--eta <n>', { read: integer(2) }),
  optionFlag(optimizeOptionTable, 'folds', '--folds <n>', { read: integer(1) }),
  optionFlag(optimizeOptionTable, 'metric', '--metric <name>'),
];

/** What is the same in all trials, what the search decides, and what one network has not. */
const notSearched: readonly string[] = [
  ...['nStacks', 'network', 'horizon', 'seed', 'maxUpdates', 'maxEpochs', 'preset', 'ensemble'],
  ...Object.keys(partOptionTable),
];

/** Flags of networks that can be searched, and what the library calls them. */
const searched = [...networkFlags, ...forecasterFlags, ...fitFlags, ...updateFlags].filter(
  ({ option }) => !notSearched.includes(option),
);
const isOfModel = (row: OptionFlag): boolean => networkFlags.includes(row);
const nameOf = ({ flag }: OptionFlag): string => flag.split(' ')[0]!.replace(/^--/, '');

/** Adds the flags that say what is searched, and how long. */
export function addSearchFlags(command: Command): Command {
  command
    .optionsGroup('Search:')
    .addOption(
      new Option(
        '--search <option=values>',
        'a flag of a network and what it may be: lr=1e-4..1e-2,log input-size=28|56|112 loss=mae|huber:delta=2; options of the network by their names, model.nHarmonics=1..4,step=1; each behind the flag again (default: look-back, rate, width and batch size)',
      ).argParser((text: string, before: SearchSpace | undefined) => ({ ...before, ...searchOf(text) })),
    );
  return addOptionFlags(command, numbers);
}

/** What the flags say about a search, under the names of the library. */
export const searchGiven = (flags: object): Record<string, unknown> => optionsGiven(flags, numbers);

/** What is searched where nothing is said. */
export function usualSpace(model: string, horizon: number): SearchSpace {
  return {
    inputSize: [2 * horizon, 4 * horizon, 8 * horizon],
    learningRate: { min: 1e-4, max: 1e-2, scale: 'log' },
    batchSize: [32, 128],
    ...(model !== 'linear' && { 'model.hiddenSize': [64, 128, 256, 512] }),
  };
}

function searchOf(text: string): SearchSpace {
  const [, name = '', values = ''] = /^(?:--)?([\w.-]+)=(.+)$/.exec(text.trim()) ?? [];
  const row = searched.find((one) => nameOf(one) === name);
  if (row === undefined && !/^model\.\w+$/.test(name))
    throw new InvalidArgumentError(`Expected NAME=VALUES, NAME one of ${searched.map(nameOf).join(', ')}.`);
  const option = row === undefined ? name : `${isOfModel(row) ? 'model.' : ''}${row.option}`;
  return { [option]: choiceOf(values, row) };
}

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

/** Options as they are typed: `--lr 0.01 --loss huber:delta=2`. @param model options of the network itself */
export function typedOptions(options: object, model: object): readonly string[] {
  const all = [...networkFlags, ...forecasterFlags, ...fitFlags, ...updateFlags, precisionFlag];
  const own = all.flatMap((row) => {
    const value = ((isOfModel(row) ? model : options) as Record<string, unknown>)[row.option];
    return value === undefined || value === null ? [] : typed(`--${nameOf(row)}`, value);
  });
  const rest = Object.entries(model).filter(([name]) => !networkFlags.some(({ option }) => option === name));
  return rest.length === 0 ? own : [...own, '--network', JSON.stringify(Object.fromEntries(rest))];
}

function typed(flag: string, value: unknown): readonly string[] {
  if (flag.startsWith('--no-')) return value === false ? [flag] : [];
  if (typeof value === 'boolean') return value ? [flag] : [];
  if (Array.isArray(value)) return value.flatMap((one) => typed(flag, one));
  if (typeof value !== 'object') return [flag, String(value)];
  const text = 'name' in value! ? choiceText(value as ParsedChoice<string>) : settingsText(value!);
  return text === '' ? [flag] : [flag, text];
}
