import { facts } from '../markup/facts.ts';
import { html, type Markup } from '../markup/html.ts';
import { table } from '../markup/table.ts';
import type { Report } from '../report.ts';
import { duration, percent, short, whole } from '../words/numbers.ts';
import type { Section } from './section.ts';

/** What the recipe chose: members with look-backs and weights, and why. */
export function recipeSection({ recipe }: Report): Section | null {
  if (recipe === undefined) return null;
  const { verdict, seasons, calendar, lookbacks, validationWindows, seconds, options } = recipe;
  return {
    id: 'recipe',
    title: 'What the recipe chose',
    body: [
      html`<p>${sentence(verdict.reason)}</p>`,
      facts([
        ['Answer', verdict.answer === 'blend' ? 'the blend' : `the naive rule (${verdict.against})`],
        ['Preset', options.preset],
        ['Seasons', seasons.short === 1 ? 'none' : `${seasons.short} and ${seasons.long} time steps`],
        ['Calendar', calendar.length === 0 ? 'none' : calendar.join(', ')],
        ['Networks look back', lookbacks.map((steps) => whole(steps)).join(', ')],
        ['Judged on', `${whole(validationWindows)} validation windows`],
        ['Time', duration(seconds)],
      ]),
      members(recipe),
      ...leftOut(recipe),
    ],
  };
}

const sentence = (text: string): string => {
  const capital = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
};

function members({ members: all }: NonNullable<Report['recipe']>): Markup {
  const heaviest = [...all].sort((a, b) => b.weight - a.weight);
  return table({
    id: 'members',
    caption: 'Members, the heaviest first; errors in units of each series’ deviation',
    columns: ['member', 'weight', 'looks back', 'validation MAE', 'validation MSE', 'best update', 'seconds'],
    rows: heaviest.map(({ name, weight, lookback, validation, bestUpdate, seconds }) => [
      name,
      percent(weight),
      lookback === null ? '–' : [lookback].flat().map(whole).join(', '),
      short(validation.mae),
      short(validation.mse),
      bestUpdate === null ? '–' : whole(bestUpdate),
      short(seconds),
    ]),
    isMarked: (row) => heaviest[row]!.weight > 0,
  });
}

const leftOut = ({ leftOut: missing }: NonNullable<Report['recipe']>): Markup[] =>
  missing.length === 0
    ? []
    : [html`<p>Left out:</p><ul>${missing.map(({ name, reason }) => html`<li><b>${name}</b>: ${reason}</li>`)}</ul>`];
