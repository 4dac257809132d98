import type { Backend, Tensor } from '@nt/tensor';
import { defaultNetwork, trainNhits } from './train-nhits.ts';

/**
 * Windows that an engine trains in a second, of the default network: after `warmUp` updates, in which kernels are compiled
 * and memory is taken, as many as take about `seconds`, at least one.
 */
export async function measureSpeed<T extends Tensor>(
  backend: Backend<T>,
  { batch, seconds, warmUp }: { readonly batch: number; readonly seconds: number; readonly warmUp: number },
): Promise<number> {
  const controller = new AbortController();
  const training = { network: defaultNetwork, batch, updates: 100_000, distinct: 8 };
  let [update, begin, first, last] = [0, 0, 0, 0];
  let windowsPerSecond = 0;
  await trainNhits(backend, training, { signal: controller.signal, capture: 'auto' }, async () => {
    update++;
    // One update is known first; from then on nobody waits for the device in between.
    if (update < warmUp || (update > warmUp + 1 && update < last)) return;
    await backend.settle();
    const elapsed = (performance.now() - begin) / 1000;
    if (update > warmUp) windowsPerSecond = ((update - first) * batch) / elapsed;
    if (update === warmUp + 1) last = update + Math.min(Math.floor(seconds / elapsed), 1000);
    if (update > warmUp && update === last) controller.abort();
    [first, begin] = [update, performance.now()];
  });
  return windowsPerSecond;
}
