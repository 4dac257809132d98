import type { BlendExplanation, Evaluation } from '@nt/forecast';
import { measureOf } from '@nt/report/words';
import { short, table } from './dom.ts';

/** Errors of all methods, the smallest first, and how much less than the best naive one each has. */
export function leaderboard({ rows, windows, skill }: Evaluation, of: string): HTMLElement {
  const ranked = [...rows].sort((a, b) => a.mae - b.mae);
  const rival = rows.find(({ method }) => method === skill?.against)?.mae ?? Number.NaN;
  return table(
    `Errors over ${windows.toLocaleString('en-GB')} ${of}, smallest first${skill ? `; skill: how much less MAE than ${skill.against}` : ''}`,
    ['Method', 'MAE', 'Skill', 'RMSE', 'sMAPE %', 'MASE'],
    ranked.map(({ method, mae, rmse, smape, mase }) => [
      method,
      short(mae),
      percent(1 - mae / rival),
      ...[rmse, smape, mase].map(short),
    ]),
  );
}

/** How often the values really lay inside the intervals. */
export function coverageTable(intervals: Evaluation['rows'][number]['intervals']): HTMLElement[] {
  if (intervals.length === 0) return [];
  return [
    table(
      'Intervals: how many of the values really lay inside',
      ['Level', 'Inside', 'Mean width'],
      intervals.map(({ level, coverage, width }) => [`${level} %`, `${(100 * coverage).toFixed(1)} %`, short(width)]),
    ),
  ];
}

/** A sentence, from the test of the difference. @param recipe of a blend: it may have chosen a simple method itself */
export function verdictOf({ skill, series }: Evaluation, recipe: BlendExplanation | null): string {
  if (recipe?.verdict.answer === 'naive') return `Nothing to be gained here. ${recipe.verdict.reason}`;
  if (!skill) return 'There is nothing to compare with.';
  const { method, against, verdict, interval } = skill;
  if (skill.skill === null || interval === null) return `${against} makes no error here: the data repeat themselves.`;
  const difference = `${percent(Math.abs(skill.skill))} ${skill.skill < 0 ? 'more' : 'less'} error (${measureOf(series)}) than ${against}, the best of the simple methods`;
  const words = {
    better: `Better: ${method} has ${difference}.`,
    worse: `Worse: ${method} has ${difference}. Use the simple one, or train longer.`,
    unclear: `Unclear: ${method} has ${difference}; a difference of this size can be chance.`,
  };
  return `${words[verdict]} 95 % interval of the skill: ${percent(interval[0])} to ${percent(interval[1])}.`;
}

const percent = (part: number): string =>
  Number.isFinite(part) ? `${(100 * part).toFixed(1).replace('-', '−')} %` : '–';
