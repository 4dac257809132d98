import type { RefitPolicy } from '@nt/forecast';
import { metricNames } from '@nt/forecast/metrics';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { addOptionFlags, type OptionFlag, optionsGiven } from './option-flag.ts';
import { integer, listed, numbers } from './parse-number.ts';
import { addTradingFlags, tradingGiven } from './trading-flags.ts';
import { reading } from './value-kind.ts';

/** What the command does where the library wants to be told. */
export const walkDefaults = { folds: 3, judgedPart: 0.3, validationPart: 0.1 } as const;

/** How a backtest walks through time: options of `backtest` in @nt/forecast. */
const walkFlags: readonly OptionFlag[] = [
  {
    flag: '--folds <n>',
    option: 'folds',
    read: integer(1),
    help: 'test parts, each forecast by what was trained before it',
    default: String(walkDefaults.folds),
  },
  {
    flag: '--test-size <steps>',
    option: 'testSize',
    read: integer(1),
    help: 'length of a test part',
    default: `${100 * walkDefaults.judgedPart} % of the longest series, shared by the folds`,
  },
  { flag: '--step <steps>', option: 'step', read: integer(1), help: 'distance of test parts', default: 'they touch' },
  {
    flag: '--mode <mode>',
    option: 'mode',
    choices: ['expanding', 'rolling'],
    help: 'train from the beginning, or on the last --train-size steps',
    default: 'expanding',
  },
  { flag: '--train-size <steps>', option: 'trainSize', read: integer(1), help: 'with --mode rolling' },
  {
    flag: '--validation <steps>',
    option: 'validation',
    read: integer(0),
    help: 'steps before each test part that decide when to stop, 0 = none',
    default: `${100 * walkDefaults.validationPart} % of what lies before the first test part`,
  },
  { flag: '--gap <steps>', option: 'gap', read: integer(0), help: 'steps left out before validation and before test' },
  {
    flag: '--purge <steps>',
    option: 'purge',
    read: integer(0),
    help: 'no target of training or validation lies in so many steps before the next part',
  },
  {
    flag: '--embargo <steps>',
    option: 'embargo',
    read: integer(0),
    help: 'no training target lies in so many steps behind an earlier test part',
  },
  { flag: '--stride <steps>', option: 'stride', read: integer(1), help: 'steps between forecasts', default: '1' },
  {
    flag: '--refit <policy>',
    option: 'refit',
    read: reading(refitPolicy, { anyOf: [{ enum: ['never', 'warm'] }, { type: 'integer', minimum: 1 }] }),
    help: 'never (train in the first fold only), warm (go on from the fold before), or a number of folds',
    default: '1: anew in every fold',
  },
  {
    flag: '--recalibrate',
    option: 'recalibrate',
    help: 'in folds between two trainings a blend solves its ridges, weights and intervals anew',
  },
];

const judgeFlags: readonly OptionFlag[] = [
  {
    flag: '--season-length <steps>',
    option: 'seasonLength',
    read: integer(1),
    help: 'time steps of a season',
    default: 'by frequency',
  },
  { flag: '--metrics <names>', option: 'metrics', read: listed(metricNames), help: 'more columns', names: metricNames },
  { flag: '--levels <percents>', option: 'levels', read: numbers(0, 100), help: 'intervals to judge, 80,95' },
];

/** Adds the flags of a walk through time. */
export function addWalkFlags(command: Command): Command {
  addOptionFlags(command.optionsGroup('Folds:'), walkFlags);
  addOptionFlags(command.optionsGroup('Judging:'), judgeFlags);
  const rolling = 'adds intervals that learn from the errors of the folds before (conformal)';
  command.addOption(new Option('--rolling-conformal', rolling));
  return addTradingFlags(command);
}

/** What the flags say about a walk, under the names of the library. */
export function walkGiven(flags: object): Record<string, unknown> {
  const given = { ...optionsGiven(flags, [...walkFlags, ...judgeFlags]), ...tradingGiven(flags) };
  const { rollingConformal } = flags as { readonly rollingConformal?: boolean };
  return rollingConformal ? { ...given, rollingConformal } : given;
}

function refitPolicy(text: string): RefitPolicy {
  if (text === 'never' || text === 'warm') return text;
  const folds = Number(text);
  if (text.trim() !== '' && Number.isInteger(folds) && folds >= 1) return folds;
  throw new InvalidArgumentError('Expected never, warm or a number of folds >= 1.');
}
