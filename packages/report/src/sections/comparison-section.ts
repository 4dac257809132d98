import type { Evaluation } from '@nt/forecast';
import { facts } from '../markup/facts.ts';
import { html, type Markup } from '../markup/html.ts';
import { table } from '../markup/table.ts';
import type { Report } from '../report.ts';
import { measureOf } from '../words/evaluation-verdict.ts';
import { percent, probability, short, whole } from '../words/numbers.ts';
import { type Section, timeText } from './section.ts';

const usual = { mae: 'MAE', rmse: 'RMSE', smape: 'sMAPE %', mase: 'MASE' } as const;

/** The leaderboard, and how sure it is. */
export function comparisonSection(report: Report): Section | null {
  const { evaluation } = report;
  if (evaluation === undefined) return null;
  const { windows, horizon, series, from, to, seasonLength } = evaluation;
  return {
    id: 'comparison',
    title: 'Compared with simple methods',
    body: html`<p>${whole(windows)} windows of ${whole(horizon)} time steps from ${series === 1 ? 'one series' : `${whole(series)} series`}, ${timeText(report, from)} to ${timeText(report, to)}, which no method has seen${seasonLength > 1 && html`; a season of ${seasonLength} time steps`}.</p>
${leaderboard(evaluation)}
${significance(evaluation)}`,
  };
}

function leaderboard({ rows }: Evaluation): Markup {
  const more = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))].filter((name) => !(name in usual));
  const model = rows[0]!;
  const ranked = [...rows].sort((a, b) => (a.mae ?? Infinity) - (b.mae ?? Infinity));
  return table({
    id: 'leaderboard',
    caption: 'Errors, smallest first',
    columns: ['method', ...Object.values(usual), ...more],
    rows: ranked.map((row) => [
      row === model ? html`${row.method} <span class="tag">judged here</span>` : row.method,
      ...Object.keys(usual).map((name) => short(row[name as keyof typeof usual])),
      ...more.map((name) => short((row.metrics as Readonly<Record<string, number>>)[name])),
    ]),
    isMarked: (row) => ranked[row] === model,
  });
}

const verdicts = {
  better: 'the difference is no chance (5 % level)',
  worse: 'it is worse, and that is no chance (5 % level)',
  unclear: 'a difference of this size can be chance',
} as const;

function significance({ skill, series }: Evaluation): Markup | null {
  if (skill === null) return null;
  const { against, interval, pValue, verdict, note } = skill;
  return facts([
    [`Skill against ${against}`, `${percent(skill.skill)} (1 − error ÷ its error; ${measureOf(series)})`],
    ['95 % interval of the skill', interval && `${percent(interval[0])} to ${percent(interval[1])} (block bootstrap)`],
    ['Diebold–Mariano test', Number.isFinite(pValue) && pValue !== null ? probability(pValue) : undefined],
    ['Which means', verdicts[verdict]],
    ['Note', note],
  ]);
}
