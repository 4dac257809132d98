import type { StepRanges } from '@nt/data';
import type { RidgeConfig } from './ridge-options.ts';

/** Of the training part: with it, the first third counts about a fifth of what the last one does. */
const forgetting = 1 / 3;

/** The half-lives that are tried, in time steps; null = old windows count as new ones. */
export function halfLivesOf({ starts, ends }: StepRanges, { halfLives }: RidgeConfig): readonly (number | null)[] {
  if (halfLives) return halfLives.map((steps) => (steps === Number.POSITIVE_INFINITY ? null : steps));
  const longest = ends.reduce((most, end, series) => Math.max(most, end - starts[series]!), 0);
  return [null, Math.round(longest * forgetting)];
}
