import type { NetworkOps, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import { version_cpu } from '@tensorflow/tfjs-backend-cpu';

// Written once, for any engine. `T` keeps the tensors of two engines apart.
function slope<T extends Tensor>(ops: NetworkOps<T>): { value: T; gradient: T } {
  const x = ops.tensor([1, -2, 3, -4, 5, -6, 7], [1, 7]);
  const initial = ops.tensor([0.5, -0.25, 0.125], [3, 1]);
  const [w, b] = [ops.variable(initial, { name: 'w' }), ops.zeros([1])];
  const { value, grads } = ops.variableGrads(() => {
    const pooled = ops.maxPool1d(x, { kernelSize: 3 }); // 7 time steps become 3: the last window is partial
    return ops.sum(ops.dense(pooled, w, b, 'softplus'));
  }, [w]);
  ops.dispose([x, initial, w, b]);
  return { value, gradient: grads['w']! };
}

const exact = createReferenceBackend();
const fast = await createTfjsBackend({
  name: 'cpu',
  tfjsName: 'cpu',
  describe: () => ({
    engine: `tfjs-backend-cpu ${version_cpu}`,
    device: 'cpu',
    kernelSet: 'js',
    floatWidth: 32,
    limitations: [],
  }),
});

for (const { name, gradient } of [
  { name: exact.name, ...slope(exact.ops) },
  { name: fast.name, ...slope(fast.ops) },
]) {
  const values = Array.from(await gradient.data(), (g) => g.toFixed(6));
  console.log(name, values.join(' '));
}
await fast.dispose();
//> reference 2.264745 3.774575 5.284405
//> cpu 2.264745 3.774575 5.284405
