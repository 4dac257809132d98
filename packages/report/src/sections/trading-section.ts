import type { TradingReport } from '@nt/forecast/trading';
import { facts } from '../markup/facts.ts';
import { html, type Markup } from '../markup/html.ts';
import { table } from '../markup/table.ts';
import type { Report } from '../report.ts';
import { percent, probability, short, whole } from '../words/numbers.ts';
import type { Section } from './section.ts';

/** Series whose figures are told in full. */
const mostSeries = 6;

/** What forecasts of prices would be worth to a trader. */
export function tradingSection({ trading }: Report): Section | null {
  if (trading === undefined) return null;
  const { verdict, series, notes, method, step } = trading;
  const rest = series.length - mostSeries;
  return {
    id: 'trading',
    title: 'What it is worth to a trader',
    body: html`<p class="verdict ${verdict.edge === 'after-costs' ? 'better' : verdict.edge === 'none' ? 'worse' : 'unclear'}">${verdict.text}</p>
<p>The sign of the forecast of ${method}, ${step} time steps ahead, for ${series.length === 1 ? 'one series' : `${whole(series.length)} series, each on its own`}. No slippage, borrowing or market impact.</p>
${notes.length > 0 && html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
${series.slice(0, mostSeries).map(({ id, report }, index) => ofSeries(id, report, index))}
${rest > 0 && html`<p class="rest">${whole(rest)} more series are not shown.</p>`}`,
  };
}

function ofSeries(id: string, report: TradingReport, index: number): Markup {
  const { direction, ic, rankIc, randomWalk, costs, sharpe, notes } = report;
  const interval = ({ lower, upper, level }: { lower: number; upper: number; level: number }): string =>
    `${Math.round(100 * level)} %: ${short(lower)} to ${short(upper)}`;
  return html`<h3>${id}</h3>
${facts([
  [
    'Direction was right',
    `${percent(direction.estimate)} of ${whole(direction.moves)} moves (${Math.round(100 * direction.level)} %: ${percent(direction.lower)} to ${percent(direction.upper)})`,
  ],
  ['Information coefficient', `${short(ic.estimate)} (${interval(ic)})`],
  ['of ranks', `${short(rankIc.estimate)} (${interval(rankIc)})`],
  [
    'Errors below those of a random walk',
    Number.isFinite(randomWalk.pValue) ? `Diebold–Mariano ${probability(randomWalk.pValue)}` : randomWalk.note,
  ],
  ['Break-even fee', Number.isFinite(costs.breakEvenFee) && `${percentOf(costs.breakEvenFee)} of the traded value`],
  [
    'Sharpe ratio above chance',
    Number.isFinite(sharpe.probability) &&
      `${percent(sharpe.probability)} likely, ${sharpe.trials === 1 ? 'one trial' : `${whole(sharpe.trials)} trials`} allowed for`,
  ],
])}
${table({
  id: `costs-${index}`,
  caption: `${id}: the sign signal at several fees, ${whole(costs.periods)} periods, ${whole(costs.trades)} trades`,
  columns: ['fee on entry and on exit', 'total return', 'mean return', 'Sharpe ratio', 'largest drawdown'],
  rows: costs.rows.map((row) => [
    percentOf(row.fee),
    percent(row.totalReturn),
    percentOf(row.meanReturn),
    short(row.sharpe),
    percent(row.maxDrawdown),
  ]),
})}
${notes.length > 0 && html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`}`;
}

/** Fees are small: 0.0005 is 0.05 %. */
const percentOf = (share: number): string => (Number.isFinite(share) ? `${short(100 * share)} %` : '–');
