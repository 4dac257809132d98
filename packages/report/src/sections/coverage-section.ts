import type { IntervalScore } from '@nt/forecast';
import { html, type Markup } from '../markup/html.ts';
import { table } from '../markup/table.ts';
import type { Report } from '../report.ts';
import { percent, short } from '../words/numbers.ts';
import type { Section } from './section.ts';

interface Row extends IntervalScore {
  readonly method: string;
}

/** What intervals promise beside what they held, and how wide they are. */
export function coverageSection({ evaluation, backtest }: Report): Section | null {
  const ofMethods = (evaluation?.rows ?? []).flatMap(({ method, intervals }) =>
    intervals.map((one) => ({ method, ...one })),
  );
  const rolling = (backtest?.rolling ?? []).map((one) => ({ method: 'rolling conformal', ...one }));
  const rows: readonly Row[] = [...ofMethods, ...rolling];
  if (rows.length === 0) return null;
  return {
    id: 'intervals',
    title: 'Intervals',
    body: html`<p>An interval is honest when about as many values lie inside as it says. Among honest ones the narrower is better.</p>
${table({
  id: 'coverage',
  caption: 'What intervals promise, and what they held',
  columns: ['method', 'says', 'inside', 'says and inside', 'mean width', 'Winkler score'],
  rows: rows.map((row) => [
    row.method,
    `${row.level} %`,
    percent(row.coverage),
    bar(row),
    short(row.width),
    short(row.winkler),
  ]),
  isText: (column) => column === 3,
})}
<p class="note">Bars: values inside, from 0 to 100 %; the upright line is what the interval says.</p>`,
  };
}

/** The table has the numbers. */
const bar = ({ level, coverage }: Row): Markup =>
  html`<svg class="bar" viewBox="0 0 120 16" width="120" height="16" aria-hidden="true"><rect y="4" width="120" height="8" rx="2" fill="var(--grid)"/><rect y="4" width="${Math.round(120 * (coverage ?? 0))}" height="8" rx="2" fill="var(--known)"/><rect x="${Math.round(1.2 * level) - 1}" width="2" height="16" fill="var(--text)"/></svg>`;
