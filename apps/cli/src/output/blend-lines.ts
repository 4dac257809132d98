import type { BlendExplanation } from '@nt/forecast';
import { aligned } from './evaluation-table.ts';
import { duration, short } from './numbers.ts';

type Told = Pick<BlendExplanation, 'members' | 'verdict' | 'lookbacks' | 'calendar' | 'leftOut'>;

/** Of whom a blend is made, what validation said of each, and why: lines for people. */
export function blendLines({ members, verdict, lookbacks, calendar, leftOut }: Told): readonly string[] {
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
    verdict.reason,
  ];
}
