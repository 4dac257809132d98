import type { Tensor, WindowTensors } from '@nt/tensor';
import { NhitsError } from './nhits-error.ts';
import type { NhitsConfig } from './nhits-options.ts';

/** @throws NhitsError `nhits/input` for tensors that the network was not built for */
export function checkWindow<T extends Tensor>(config: NhitsConfig, window: WindowTensors<T>): void {
  const [batch] = window.input.shape;
  const { inputSize, horizon } = config;
  const expectShape = (name: keyof WindowTensors<T>, wanted: readonly (number | undefined)[] | undefined): void => {
    const received = window[name]?.shape;
    if (received?.join() === wanted?.join()) return;
    const text = (shape: readonly (number | undefined)[] | undefined): string => (shape ? `[${shape}]` : 'none');
    throw new NhitsError('nhits/input', `N-HiTS input '${name}': expected ${text(wanted)}, got ${text(received)}.`, {
      name,
      wanted,
      received,
    });
  };
  expectShape('input', [batch, inputSize]);
  if (window.inputMask) expectShape('inputMask', [batch, inputSize]);
  expectShape('historic', config.historic > 0 ? [batch, inputSize, config.historic] : undefined);
  expectShape('future', config.future > 0 ? [batch, inputSize + horizon, config.future] : undefined);
  expectShape('static', config.static > 0 ? [batch, config.static] : undefined);
}
