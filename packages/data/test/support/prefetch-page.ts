import { type Batch, batches, DataError, seriesFromArrays, windows } from '@nt/data';
import { prefetchBatches } from '@nt/data/prefetch';

/** Two epochs gathered by a worker beside those of this thread, or the code of the error. */
export async function compareInPage(): Promise<{ same: boolean; batches: number; code: string | null }> {
  const values = Array.from({ length: 500 }, (_, step) => Math.sin(step));
  const of = windows(seriesFromArrays([{ id: 'a', values }]), { inputSize: 24, horizon: 6 });
  const options = { batchSize: 32, shuffle: true, seed: 4 };
  const text = ({ input, target, inputMask, windows: numbers }: Batch) =>
    JSON.stringify([[...input], [...target], [...inputMask], [...numbers]]);
  try {
    const here = batches(of, options);
    const source = prefetchBatches(of, options);
    const found: string[] = [];
    const expected: string[] = [];
    for (let epoch = 0; epoch < 2; epoch++) {
      for await (const batch of source) found.push(text(batch));
      for (const batch of here) expected.push(text(batch));
    }
    await source.close();
    return { same: found.join() === expected.join(), batches: found.length, code: null };
  } catch (error) {
    return { same: false, batches: 0, code: DataError.isInstance(error) ? error.code : String(error) };
  }
}
