import { type Batch, type SeriesSet, seriesFromArrays, type Windows, windows } from '../../src/index.ts';
import { ramp } from './bytes.ts';

/** Three ramps of differing length: 40, 25 and 12 time steps. */
export const set: SeriesSet = seriesFromArrays([
  { id: 'a', values: ramp(40) },
  { id: 'b', values: ramp(25, 100) },
  { id: 'c', values: ramp(12, 200) },
]);

/** Their 62 windows. */
export const all: Windows = windows(set, { inputSize: 4, horizon: 2 });

/** The numbers of the windows, batch by batch. */
export function numbers(source: Iterable<Batch>): number[][] {
  return [...source].map((batch) => [...batch.windows]);
}

/** The arrays of every batch. */
export function contents(source: Iterable<Batch>): Float32Array[][] {
  return [...source].map((batch) => [batch.input, batch.target, batch.inputMask, batch.targetMask]);
}
