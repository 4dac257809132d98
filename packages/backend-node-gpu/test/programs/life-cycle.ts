import { createStockCpu } from '@nt/engine-tests/programs';
import { engine, getBackend } from '@tensorflow/tfjs-core';
import { createNodeGpuBackend } from '../../src/index.ts';
import { loadBuiltPackage } from '../load-built-package.ts';
import { thrownBy } from '../thrown-by.ts';

const create = (): ReturnType<typeof createNodeGpuBackend> =>
  createNodeGpuBackend({ load: loadBuiltPackage, allowCpu: true });

const loadedAtImport = 'tensorflow' in engine().registryFactory;
const cpu = await createStockCpu();
const whileCpuIsActive = await thrownBy(create);
const activeThen = getBackend();
const sumOnCpu = [...((await cpu.ops.add(cpu.ops.tensor([1], [1]), cpu.ops.tensor([2], [1])).data()) as Float32Array)];
await cpu.dispose();

const first = await create();
const x = first.ops.tensor([1, 2, 3, 4], [2, 2]);
const product = [...((await first.ops.matMul(x, x).data()) as Float32Array)];
const [description, active] = [await first.describe(), getBackend()];
await first.settle();
await first.dispose();
const afterDispose = await thrownBy(() => first.ops.zeros([1]));
x.dispose();

const second = await create();
const again = [...((await second.ops.exp(second.ops.zeros([2])).data()) as Float32Array)];
await second.dispose();

console.log(
  JSON.stringify({
    loadedAtImport,
    whileCpuIsActive,
    activeThen,
    sumOnCpu,
    product,
    description,
    active,
    afterDispose,
    again,
  }),
);
