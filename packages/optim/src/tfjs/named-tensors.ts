import type { NamedArray } from '@nt/tensor';
import { type Optimizer, scalar, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { OptimizerSnapshot } from '../driver/snapshot.ts';
import { OptimError } from '../optim-error.ts';

/** tfjs's own type, which it does not export. */
export type NamedTensor = Awaited<ReturnType<Optimizer['getWeights']>>[number];

const headerName = 'nt-optim-header';

/** A snapshot in the form that `LayersModel.save` writes: `iter`, the header as UTF-8 bytes, then the arrays. */
export function toNamedTensors({ header, arrays }: OptimizerSnapshot): NamedTensor[] {
  const bytes = Int32Array.from(new TextEncoder().encode(JSON.stringify(header)));
  const slots = Object.entries(arrays).map(([name, { data, shape }]) => ({
    name,
    tensor: tensor(data, [...shape]) as Tensor,
  }));
  return [
    { name: 'iter', tensor: scalar(header.completedUpdates, 'int32') },
    { name: headerName, tensor: tensor(bytes, [bytes.length], 'int32') },
    ...slots,
  ];
}

/** @throws OptimError `optim/snapshot-mismatch` for weights of another optimizer */
export async function fromNamedTensors(values: readonly NamedTensor[]): Promise<OptimizerSnapshot> {
  const header = values.find(({ name }) => name === headerName);
  if (!header) {
    throw new OptimError(
      'optim/snapshot-mismatch',
      `setWeights: expected weights that an optimizer of asTfOptimizer gave, got: ${values.map(({ name }) => name).join(', ') || 'none'}.`,
      { names: values.map(({ name }) => name) },
    );
  }
  const arrays: Record<string, NamedArray> = {};
  for (const { name, tensor } of values) {
    if (name === 'iter' || name === headerName) continue;
    arrays[name] = { shape: [...tensor.shape], dtype: 'float32', data: Float32Array.from(await tensor.data()) };
  }
  const text = new TextDecoder().decode(Uint8Array.from(await header.tensor.data()));
  return { header: JSON.parse(text) as OptimizerSnapshot['header'], arrays };
}
