import type { Backend, NetworkOps } from '@nt/tensor';
import { findBackend, type Tensor } from '@tensorflow/tfjs-core';
import type { Half } from '../../src/engine/half-products.ts';
import type { NtWebgpuBackend } from '../../src/engine/nt-webgpu-backend.ts';
import { engineName } from '../../src/register-engine.ts';

/** The engine with float16 products of one kind, on adapters without `shader-f16` too: what mixed precision does there. */
export function halfEngine(backend: Backend<Tensor>, half: Half): Backend<Tensor> {
  const { halfProducts } = findBackend(engineName) as NtWebgpuBackend;
  const { variableGrads } = backend.ops;
  const ops: NetworkOps<Tensor> = {
    ...backend.ops,
    variableGrads: (f, of) => halfProducts.within(half, () => variableGrads(f, of)),
  };
  const precise: Backend<Tensor> & { readonly precision: 'mixed-float16' } = {
    ...backend,
    ops,
    precision: 'mixed-float16',
  };
  return precise;
}
