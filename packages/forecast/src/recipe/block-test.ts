import type { Gain } from './scored-windows.ts';

/** What blocks of neighbouring windows say of a gain. */
export interface BlockTest {
  /** Mean gain over its standard error; 0 with fewer than two blocks. */
  readonly t: number;
  /** Independent pieces of evidence. */
  readonly blocks: number;
}

/** With fewer blocks of time, series count as evidence of their own. */
const leastBlocks = 8;

/**
 * Neighbouring windows share targets, so that a block of two horizons counts as one observation; series at the same time
 * are no independent evidence, unless there is hardly any time and they are all there is.
 *
 * @param span of a block, in the unit of the gains' times
 */
export function blockTest(gains: readonly Gain[], span: number): BlockTest {
  const first = gains.reduce((least, { time }) => Math.min(least, time), Infinity);
  const byTime = meansBy(gains, ({ time }) => `${Math.floor((time - first) / span)}`);
  const means =
    byTime.length >= leastBlocks
      ? byTime
      : meansBy(gains, ({ time, series }) => `${series}:${Math.floor((time - first) / span)}`);
  const blocks = means.length;
  if (blocks < 2) return { t: 0, blocks };
  const mean = means.reduce((a, b) => a + b, 0) / blocks;
  const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (blocks - 1);
  return { t: variance > 0 ? mean / Math.sqrt(variance / blocks) : 0, blocks };
}

function meansBy(gains: readonly Gain[], keyOf: (gain: Gain) => string): number[] {
  const groups = new Map<string, { sum: number; count: number }>();
  for (const one of gains) {
    const key = keyOf(one);
    const group = groups.get(key) ?? { sum: 0, count: 0 };
    group.sum += one.gain;
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ sum, count }) => sum / count);
}
