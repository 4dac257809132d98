import { adamw, createOptimizer } from '@nt/optim';
import { kernelNames } from '@nt/tensor';
import { unregisterKernel } from '@tensorflow/tfjs-core';
import { countCommands, type DeviceCommands } from '../../bench/count-commands.ts';
import { defaultNetwork, smallNetwork, trainNhits } from '../../bench/train-nhits.ts';
import { createWebgpuBackend } from '../../src/index.ts';

const [network, kernels] = [process.argv[2] === 'default' ? defaultNetwork : smallNetwork, process.argv[3]];
const backend = await createWebgpuBackend({ allowSoftware: true });
if (kernels === 'composed') for (const name of Object.values(kernelNames)) unregisterKernel(name, 'nt-webgpu');
const counts = countCommands();
const each: DeviceCommands[] = [];
let before = { ...counts };
// Eight until the pool gives the same buffers each time.
const updates = kernels === 'composed' ? 4 : 8;
for (const capture of kernels === 'composed' ? ([false] as const) : ([false, 'auto'] as const)) {
  before = { ...counts };
  await trainNhits(backend, { network, batch: 4, updates }, { capture }, () => {
    const names = Object.keys(counts) as (keyof DeviceCommands)[];
    each.push(
      Object.fromEntries(names.map((name) => [name, counts[name] - before[name]])) as unknown as DeviceCommands,
    );
    before = { ...counts };
  });
}
const { ops } = backend;
const shapes = [[64, 32], [32], [32, 7], [7], [300, 300]];
const parameters = new Map(
  shapes.map((shape, i) => [`p${i}`, ops.variable(ops.zeros(shape), { name: `count.p${i}` })] as const),
);
const optimizer = createOptimizer({ ops, parameters, transform: adamw({ learningRate: 1e-3 }) });
const ofOptimizer = [0, 1].map(() => {
  const gradients = Object.fromEntries(shapes.map((shape, i) => [`p${i}`, ops.zeros(shape)]));
  const start = counts.dispatches;
  optimizer.apply(gradients);
  return counts.dispatches - start;
});
await backend.dispose();
console.log(JSON.stringify({ each, ofOptimizer }));
