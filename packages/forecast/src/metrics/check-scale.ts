import { badArgument } from '../check-arguments.ts';

/** NaN passes (a history without a pair has that scale) and makes the metric NaN. */
export function checkScale(owner: string, maker: string, scale: number): void {
  if (typeof scale === 'number' && !(scale < 0)) return;
  throw badArgument(
    `${owner}: scale: expected a number >= 0, got ${scale}; ${maker}(training, seasonLength) computes it.`,
    { option: 'scale', received: scale },
  );
}
