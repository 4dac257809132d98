import { scaleLinear, scaleUtc } from 'd3-scale';
import type { Plot } from './plot.ts';

/** A scale with its ticks: where they are, and what stands there. */
export interface Axis {
  readonly place: (value: number) => number;
  readonly ticks: readonly { readonly place: number; readonly label: string }[];
}

/** Least and largest of some numbers that are finite; a constant gets room above and below. */
function extent(numbers: Iterable<number>): readonly [number, number] {
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    if (!Number.isFinite(number)) continue;
    least = Math.min(least, number);
    largest = Math.max(largest, number);
  }
  if (least > largest) return [0, 1];
  if (least < largest) return [least, largest];
  const room = Math.abs(least) * 0.05 || 1;
  return [least - room, largest + room];
}

/** @param pixels a tick may take */
export function xAxis({ lines, bands = [], x = 'time' }: Plot, range: readonly [number, number], pixels: number): Axis {
  const domain = extent([...lines, ...bands].flatMap(({ at }) => [at[0] ?? Number.NaN, at.at(-1) ?? Number.NaN]));
  const count = Math.max(Math.floor((range[1] - range[0]) / pixels), 2);
  if (x === 'number') {
    const scale = scaleLinear(domain, range);
    // A number of steps or updates is whole.
    const format = scale.tickFormat(count, ',d');
    const ticks = scale.ticks(count).filter((tick) => Number.isInteger(tick));
    return { place: scale, ticks: ticks.map((tick) => ({ place: scale(tick), label: format(tick) })) };
  }
  const scale = scaleUtc(domain, range);
  const format = scale.tickFormat();
  return {
    place: scale,
    ticks: scale.ticks(count).map((tick) => ({ place: scale(tick), label: format(tick) })),
  };
}

/** @param count of ticks, about */
export function yAxis({ lines, bands = [] }: Plot, range: readonly [number, number], count: number): Axis {
  const values = function* (): Iterable<number> {
    for (const line of lines) yield* Array.from(line.values);
    for (const { lower, upper } of bands) yield* [...Array.from(lower), ...Array.from(upper)];
  };
  const scale = scaleLinear(extent(values()), range).nice(count);
  const ticks = scale.ticks(count);
  const largest = Math.max(...ticks.map(Math.abs));
  const format = scale.tickFormat(count, largest >= 1e6 || (largest < 1e-3 && largest > 0) ? '~s' : undefined);
  return { place: scale, ticks: ticks.map((tick) => ({ place: scale(tick), label: format(tick) })) };
}
