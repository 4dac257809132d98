import type { BlendExplanation } from '@nt/forecast';
import { aligned } from './evaluation-table.ts';
import { duration, short } from './numbers.ts';

type Told = Pick<BlendExplanation, 'members' | 'verdict' | 'lookbacks' | 'calendar' | 'leftOut'> &
  Partial<Pick<BlendExplanation, 'refit'>>; // absent of blends that were saved by an earlier version

/** Of whom a blend is made, what validation said of each, and why: lines for people. */
export function blendLines({ members, verdict, lookbacks, calendar, leftOut, refit = null }: Told): readonly string[] {
  const rows = members.map(({ name, weight, validation, updates, bestUpdate, seconds }) => [
    name,
    weight > 0 ? `${(100 * weight).toFixed(0)} %` : '–',
    short(validation.mse),
    short(validation.mae),
    updates === null ? '' : `${bestUpdate ?? updates} of ${updates}`,
    duration(seconds),
  ]);
  return [
    ...aligned([['member', 'weight', 'MSE', 'MAE', 'kept update', 'time'], ...rows]),
    ...leftOut.map(({ name, reason }) => `left out: ${name}: ${reason}`),
    `networks look back ${lookbacks.join(', ')} time steps; calendar: ${calendar.length > 0 ? calendar.join(', ') : 'none'}`,
    ...(refit?.length ? [refitLine(refit)] : []),
    verdict.reason,
  ];
}

function refitLine(refit: NonNullable<BlendExplanation['refit']>): string {
  const told = refit.map(({ name, updates }) => (updates === null ? name : `${name} (${updates} updates)`));
  return `fitted again on training and validation part: ${told.join('; ')}`;
}
