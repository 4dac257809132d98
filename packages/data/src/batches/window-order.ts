import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { permutation } from '../random/permutation.ts';
import { seededRandom } from '../random/seeded-random.ts';
import type { Windows } from '../windows/indexed-windows.ts';
import { type BlockShuffle, blockOrder } from './block-order.ts';

/** An epoch of random windows in place of all windows. */
export interface SamplingOptions {
  /** Windows drawn in an epoch. */
  readonly windowsPerEpoch: number;
  /** Whether a window may be drawn twice in an epoch; default false. */
  readonly replacement?: boolean;
  /**
   * `windows` (default): each window alike, so that long series count more. `series`: each series alike; needs
   * `replacement`.
   */
  readonly balance?: 'windows' | 'series';
}

/** Which window stands at which position of an epoch. */
export interface WindowOrder {
  readonly count: number;
  at(epoch: number): (position: number) => number;
}

/** The order that the options ask for; it depends on nothing but seed and epoch. */
export function windowOrder(
  windows: Windows,
  shuffle: boolean | BlockShuffle,
  sampling: SamplingOptions | undefined,
  seed: number,
): WindowOrder {
  if (sampling) return { count: sampling.windowsPerEpoch, at: (epoch) => sampleOrder(windows, sampling, seed, epoch) };
  if (shuffle === false) return { count: windows.count, at: () => (position) => position };
  if (shuffle === true) return { count: windows.count, at: (epoch) => permutation(windows.count, seed, [epoch]) };
  return { count: windows.count, at: (epoch) => blockOrder(windows.bounds, shuffle, seed, epoch).at };
}

function sampleOrder(
  windows: Windows,
  sampling: SamplingOptions,
  seed: number,
  epoch: number,
): (position: number) => number {
  if (!sampling.replacement) return permutation(windows.count, seed, [epoch]);
  if (sampling.balance !== 'series')
    return (position) => uniformInt(seededRandom(seed, epoch, position), 0, windows.count - 1);
  const { bounds } = windows;
  const filled: number[] = [];
  for (let series = 0; series + 1 < bounds.length; series++)
    if (bounds[series + 1]! > bounds[series]!) filled.push(series);
  return (position) => {
    const random = seededRandom(seed, epoch, position);
    const series = filled[uniformInt(random, 0, filled.length - 1)]!;
    return uniformInt(random, bounds[series]!, bounds[series + 1]! - 1);
  };
}
