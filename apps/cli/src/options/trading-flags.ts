import type { TradingOptions } from '@nt/forecast';
import type { Command } from 'commander';
import { addOptionFlags, type OptionFlag, optionsGiven } from './option-flag.ts';
import { integer, number } from './parse-number.ts';

/** The fee where none is told. */
export const usualFee = 0.001;

/** What forecasts of prices are worth to a trader: options of `trading` in @nt/forecast. Any of them asks for all. */
const tradingFlags: readonly OptionFlag[] = [
  {
    flag: '--fee <share>',
    option: 'fee',
    read: number(0, 1),
    help: 'of the traded value, on entry and again on exit',
    default: String(usualFee),
  },
  { flag: '--no-short', option: 'short', help: 'hold nothing where a fall is forecast, in place of selling short' },
  {
    flag: '--trade-step <steps>',
    option: 'step',
    read: integer(1),
    help: 'steps ahead that a trade is held for',
    default: 'the horizon',
  },
  {
    flag: '--trials <n>',
    option: 'trials',
    read: integer(1),
    help: 'settings and models that were tried until this one: luck that the verdict allows for',
    default: '1',
  },
];

/** Adds the flags of trading. */
export function addTradingFlags(command: Command): Command {
  const group = command.optionsGroup('Trading:');
  group.option(
    '--trading',
    'judge forecasts of prices as trades on their sign: direction, fees, Sharpe ratio, verdict',
  );
  return addOptionFlags(group, tradingFlags);
}

/**
 * `trading` of the library, where a flag asks for it. A price of 0 or less has no return; such origins are left out, and
 * counted in the result: hours of training must not end in an error for one of them.
 */
export function tradingGiven(flags: object): { readonly trading?: TradingOptions } {
  const given = optionsGiven(flags, tradingFlags);
  const isAsked = (flags as { readonly trading?: boolean }).trading === true || Object.keys(given).length > 0;
  return isAsked ? { trading: { nonPositive: 'skip', fee: usualFee, ...given } } : {};
}
