import type { Tensor, WindowTensors } from '@nt/tensor';
import { LayersError } from './layers-error.ts';
import type { NetworkSize } from './network-size.ts';

/** Checks the shapes of a window. @throws LayersError `layers/input` for tensors that the network was not built for */
export function checkWindow<T extends Tensor>(size: NetworkSize, window: WindowTensors<T>): void {
  const [batch] = window.input.shape;
  const { inputSize, horizon } = size;
  const expectShape = (name: keyof WindowTensors<T>, wanted: readonly (number | undefined)[] | undefined): void => {
    const received = window[name]?.shape;
    if (received?.join() === wanted?.join()) return;
    const text = (shape: readonly (number | undefined)[] | undefined): string => (shape ? `[${shape}]` : 'none');
    throw new LayersError('layers/input', `input '${name}': expected ${text(wanted)}, got ${text(received)}.`, {
      name,
      wanted,
      received,
    });
  };
  expectShape('input', [batch, inputSize]);
  if (window.inputMask) expectShape('inputMask', [batch, inputSize]);
  expectShape('historic', size.historic > 0 ? [batch, inputSize, size.historic] : undefined);
  expectShape('future', size.future > 0 ? [batch, inputSize + horizon, size.future] : undefined);
  expectShape('static', size.static > 0 ? [batch, size.static] : undefined);
}
