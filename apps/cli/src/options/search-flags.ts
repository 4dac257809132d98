import { optimizeOptionTable, type SearchSpace } from '@nt/forecast';
import { type Command, Option } from 'commander';
import { addOptionFlags, type OptionFlag, optionFlag, optionsGiven } from './option-flag.ts';
import { choiceText, type ParsedChoice, settingsText } from './parse-choice.ts';
import { integer, number } from './parse-number.ts';
import { isOfModel, nameOf, readSearch } from './read-search.ts';
import { fitFlags, forecasterFlags, networkFlags, precisionFlag, updateFlags } from './train-flags.ts';

const numbers: readonly OptionFlag[] = [
  optionFlag(optimizeOptionTable, 'trials', '--trials <n>', { read: integer(1) }),
  optionFlag(optimizeOptionTable, 'seconds', '--seconds <s>', { read: number(0) }),
  optionFlag(optimizeOptionTable, 'minUpdates', '--min-updates <n>', { read: integer(1) }),
  optionFlag(optimizeOptionTable, 'eta', '--eta <n>', { read: integer(2) }),
  optionFlag(optimizeOptionTable, 'folds', '--folds <n>', { read: integer(1) }),
  optionFlag(optimizeOptionTable, 'metric', '--metric <name>'),
  optionFlag(optimizeOptionTable, 'learningRateTest', '--lr-test', {
    help: 'search the learning rate where a range test finds it worth it, instead of --search lr=…',
  }),
];

/** Adds the flags that say what is searched, and how long. */
export function addSearchFlags(command: Command): Command {
  command
    .optionsGroup('Search:')
    .addOption(
      new Option(
        '--search <option=values>',
        'a flag of a network and what it may be: lr=1e-4..1e-2,log input-size=28|56|112 loss=mae|huber:delta=2; options of the network by their names, model.nHarmonics=1..4,step=1; each behind the flag again (default: look-back, rate, width and batch size)',
      ).argParser<unknown>(readSearch as never),
    );
  return addOptionFlags(command, numbers);
}

/** What the flags say about a search, under the names of the library. */
export const searchGiven = (flags: object): Record<string, unknown> => optionsGiven(flags, numbers);

/** What is searched where nothing is said. */
export function usualSpace(model: string, horizon: number, hasRateTest = false): SearchSpace {
  return {
    inputSize: [2 * horizon, 4 * horizon, 8 * horizon],
    ...(!hasRateTest && { learningRate: { min: 1e-4, max: 1e-2, scale: 'log' } }),
    batchSize: [32, 128],
    ...(model !== 'linear' && { 'model.hiddenSize': [64, 128, 256, 512] }),
  };
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
