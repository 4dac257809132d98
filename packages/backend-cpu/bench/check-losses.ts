import type { Result } from './compare-competitors.ts';

/**
 * Says how far the losses of engines that compute the same differ.
 *
 * @throws Error when that is more than rounding explains: then the times mean nothing
 */
export function checkLosses(what: string, results: readonly Result[], tolerance: number): string | undefined {
  const [first, ...others] = results.filter(({ ready }) => ready.losses?.length);
  if (!first || others.length === 0) return undefined;
  const expected = first.ready.losses!;
  const differences = others.flatMap(({ ready }) => expected.map((loss, i) => Math.abs(ready.losses![i]! - loss)));
  const largest = Math.max(...differences);
  const names = [first, ...others].map(({ name }) => name).join(', ');
  const found = `${what} of ${names}: ${expected.map((loss) => loss.toFixed(6)).join(' ')}, equal to ${largest.toExponential(0)}`;
  if (!(largest <= tolerance)) throw new Error(`${found}; expected at most ${tolerance}`);
  return found;
}
