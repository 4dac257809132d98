import type { Evaluation, Skill } from '@nt/forecast';
import { percent, probability, short } from './numbers.ts';

const instead = 'Use the naive forecast, or train longer, on more data, with another --input-size.';

/** One sentence that says how the model compares with the best of the naive forecasts, and how sure that is. */
export function evaluationVerdict({ rows, skill }: Pick<Evaluation, 'rows' | 'skill'>): string {
  const model = rows[0]!;
  if (skill === null) return `There is nothing to compare ${model.method} with.`;
  const rival = rows.find(({ method }) => method === skill.against)!;
  if (rival.mae === 0) {
    return model.mae === 0
      ? `${model.method} and ${rival.method} both make no error here.`
      : `${model.method} does not beat ${rival.method}, which makes no error here: the data repeat themselves. Use the naive forecast.`;
  }
  const ratio = model.mae === null ? Number.NaN : model.mae / rival.mae;
  if (!Number.isFinite(ratio)) return `${model.method} cannot be compared: its error is not a number.`;
  const best = `${rival.method}, the best of the naive forecasts`;
  if (ratio >= 1) {
    const more = ratio < 3 ? `${percent(ratio - 1)} more error` : `${short(ratio)} times its error`;
    return `Nothing beats the naive forecasts here: ${model.method} does not beat ${best} (${more}; ${certainty(skill)}). ${instead}`;
  }
  const less = `${model.method} has ${percent(1 - ratio)} less error (MAE) than ${best} (${certainty(skill)})`;
  return skill.verdict === 'better'
    ? `${less}.`
    : `${less}; that may be chance: it is not shown that anything beats them.`;
}

/** Interval and test in words. */
function certainty({ interval, pValue, note }: Skill): string {
  const parts = [
    ...(interval === null ? [] : [`95 % interval of the skill ${percent(interval[0])} to ${percent(interval[1])}`]),
    ...(Number.isFinite(pValue) ? [`Diebold–Mariano ${probability(pValue)}`] : []),
    ...(note === null ? [] : [note]),
  ];
  return parts.join('; ');
}
