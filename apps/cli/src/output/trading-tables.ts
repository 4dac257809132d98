import type { Trading, TradingOptions } from '@nt/forecast';
import colours from 'picocolors';
import { usualFee } from '../options/trading-flags.ts';
import { titled } from './evaluation-table.ts';
import { percent, short } from './numbers.ts';

/** Series of a table at most; the JSON has all. */
const mostSeries = 12;

type Report = Trading['series'][number]['report'];

/** What forecasts of prices would be worth, as lines: each series at the fee asked about; of a single one, all fees. */
export function tradingTables({ series, step, method, notes }: Trading, { fee = usualFee }: TradingOptions): string[] {
  const shown = series.slice(0, mostSeries);
  const rest = series.length - shown.length;
  const title = `traded on the sign of the forecast (${method}, held ${step} ${step === 1 ? 'step' : 'steps'})`;
  return [
    ...titled(title, [
      ['series', 'moves', 'direction', 'rank IC', 'trades', ...earned, 'break-even fee'],
      ...shown.map(({ id, report }) => {
        const at = report.costs.rows.find((row) => row.fee === fee);
        return [
          id,
          ...known(report),
          ...(at ? cells(at) : earned.map(() => '–')),
          percentOf(report.costs.breakEvenFee),
        ];
      }),
    ]),
    ...(rest > 0 ? [`and ${rest} more`] : []),
    colours.dim(
      `after ${percentOf(fee)} on entry and on exit; Sharpe ratios are per ${step === 1 ? 'step' : `${step} steps`}, not per year`,
    ),
    ...(series.length === 1 ? titled('by fee', byFee(series[0]!.report)) : []),
    ...[...new Set([...notes, ...shown.flatMap(({ report }) => report.notes)])].map((note) => colours.dim(note)),
  ];
}

const earned = ['return', 'Sharpe', 'drawdown'];

const known = ({ direction, rankIc, costs }: Report): string[] => [
  String(direction.moves),
  percent(direction.estimate),
  short(rankIc.estimate),
  String(costs.trades),
];

const cells = ({ totalReturn, sharpe, maxDrawdown }: Report['costs']['rows'][number]): string[] => [
  percent(totalReturn),
  short(sharpe),
  percent(maxDrawdown),
];

const byFee = ({ costs }: Report): string[][] => [
  ['fee', ...earned],
  ...costs.rows.map((row) => [percentOf(row.fee), ...cells(row)]),
];

/** Fees are small: 0.0005 is 0.05 %. */
const percentOf = (share: number): string => (Number.isFinite(share) ? `${short(100 * share)} %` : '–');

/** The verdict and its reasons, a line each. */
export const tradingVerdict = ({ verdict: { text, reasons } }: Trading): readonly string[] => [
  `Trading: ${text}.`,
  ...reasons.slice(0, mostSeries).map((reason) => `- ${reason}`),
];
