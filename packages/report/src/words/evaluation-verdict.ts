import type { Evaluation, Skill } from '@nt/forecast';
import { percent, probability, short } from './numbers.ts';

const instead = 'Use the naive forecast, or train longer, on more data, with another --input-size.';

/** One sentence that says how the model compares with the best of the naive forecasts, and how sure that is. */
export function evaluationVerdict({ rows, skill, series }: Pick<Evaluation, 'rows' | 'skill' | 'series'>): string {
  const model = rows[0]!;
  if (skill === null) return `There is nothing to compare ${model.method} with.`;
  const rival = rows.find(({ method }) => method === skill.against)!;
  if (rival.mae === 0) {
    return model.mae === 0
      ? `${model.method} and ${rival.method} both make no error here.`
      : `${model.method} does not beat ${rival.method}, which makes no error here: the data repeat themselves. Use the naive forecast.`;
  }
  // What the interval and the test are about: of several series no ratio of their MAEs, which a large one decides alone.
  const ratio = skill.skill === null ? (model.mae ?? Number.NaN) / rival.mae : 1 - skill.skill;
  const measure = measureOf(series);
  if (!Number.isFinite(ratio)) return `${model.method} cannot be compared: its error is not a number.`;
  const best = `${rival.method}, the best of the naive forecasts`;
  if (ratio >= 1) {
    const more = ratio < 3 ? `${percent(ratio - 1)} more error` : `${short(ratio)} times its error`;
    return `Nothing beats the naive forecasts here: ${model.method} does not beat ${best} (${more} in ${measure}; ${certainty(skill)}). ${instead}`;
  }
  const less = `${model.method} has ${percent(1 - ratio)} less error (${measure}) than ${best} (${certainty(skill)})`;
  return skill.verdict === 'better'
    ? `${less}.`
    : `${less}; that may be chance: it is not shown that anything beats them.`;
}

/** What error is, in a comparison of methods over so many series. */
export const measureOf = (series: number): string => (series > 1 ? 'MAE by the scale of each series' : 'MAE');

/** Interval and test in words. */
function certainty({ interval, pValue, note }: Skill): string {
  const parts = [
    ...(interval === null ? [] : [`95 % interval of the skill ${percent(interval[0])} to ${percent(interval[1])}`]),
    ...(Number.isFinite(pValue) ? [`Diebold–Mariano ${probability(pValue)}`] : []),
    ...(note === null ? [] : [note]),
  ];
  return parts.join('; ');
}
