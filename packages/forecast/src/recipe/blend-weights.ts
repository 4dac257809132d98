import { type ScoredWindows, scoreOf, total } from './scored-windows.ts';

/** Members are chosen so many times. */
const rounds = 20;

/**
 * Weights of members by greedy selection with replacement: round by round the member whose forecasts, averaged with those
 * chosen before, lose least; the best round's choice counts. Few windows cannot overfit it much, since it begins with the
 * best single member and moves by averages.
 *
 * @param forecasts of each member, `[windows, horizon]`, scaled
 * @returns one weight for each member, of sum 1
 * Source: Caruana et al. 2004, Ensemble Selection from Libraries of Models.
 */
export function blendWeights(scored: ScoredWindows, forecasts: readonly Float64Array[]): readonly number[] {
  const chosen: number[] = [];
  let sum = new Float64Array(scored.actual.length);
  let best = { loss: Infinity, length: 0 };
  for (let round = 0; round < rounds; round++) {
    const losses = forecasts.map((forecast) => total(scoreOf(scored, meanWith(sum, forecast, round + 1))));
    const member = losses.indexOf(Math.min(...losses));
    if (member < 0) break;
    chosen.push(member);
    sum = sum.map((value, i) => value + forecasts[member]![i]!);
    if (losses[member]! < best.loss) best = { loss: losses[member]!, length: round + 1 };
  }
  return forecasts.map(
    (_, member) => chosen.slice(0, best.length).filter((one) => one === member).length / best.length,
  );
}

const meanWith = (sum: Float64Array, forecast: Float64Array, count: number): Float64Array =>
  sum.map((value, i) => (value + forecast[i]!) / count);

/** `[windows, horizon]` */
export function blended(forecasts: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const out = new Float64Array(forecasts[0]!.length);
  forecasts.forEach((forecast, member) => {
    const weight = weights[member]!;
    // 0 × NaN is NaN: a member that cannot forecast everything must not spoil the others.
    if (weight > 0) for (let i = 0; i < out.length; i++) out[i]! += weight * forecast[i]!;
  });
  return out;
}
