import { createStockCpu } from '@nt/engine-tests/programs';
import { TensorError } from '@nt/tensor';
import {
  backend as active,
  engine,
  fused,
  matMul,
  type Tensor,
  tensor,
  tidy,
  unsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import { createWebgpuBackend } from '../../src/index.ts';
import { stockCases } from '../stock-cases.ts';
import { kernelTolerance } from '../tolerances.ts';

async function valuesOfAll(): Promise<Map<string, number[][]>> {
  const values = new Map<string, number[][]>();
  for (const { name, run } of stockCases) {
    const result = tidy(() => run() as Tensor[]);
    const tensors = Array.isArray(result) ? result : [result];
    values.set(name, await Promise.all(tensors.map(async (x) => Array.from(await x.data()))));
    for (const x of tensors) x.dispose();
  }
  return values;
}

const cpu = await createStockCpu();
const expected = await valuesOfAll();
await cpu.dispose();

const backend = await createWebgpuBackend({ allowSoftware: true });
const found = await valuesOfAll();
const differences = [...expected].flatMap(([name, outputs]) =>
  outputs.flatMap((values, i) => {
    const { absolute, relative } = kernelTolerance;
    const received = found.get(name)![i]!;
    const at = values.findIndex((value, k) => {
      const isSame = Object.is(value, received[k]) || value === received[k];
      return !isSame && !(Math.abs(value - received[k]!) <= absolute + relative * Math.abs(value));
    });
    return at < 0 ? [] : [`${name}: output ${i}[${at}] is ${received[at]}, not ${values[at]}`];
  }),
);

/** Sums that tfjs adds up atomically, ten times: how many different results there are. */
async function distinct(run: () => Tensor): Promise<number> {
  const results = new Set<string>();
  for (let i = 0; i < 10; i++) results.add(Array.from(await tidy(run).data()).join());
  return results.size;
}

const long = (rows: number, columns: number): Tensor =>
  tensor(
    Array.from({ length: rows * columns }, (_, i) => Math.sin(i * 1.7) * 10 ** (i % 5)),
    [rows, columns],
  );
const repeats = [
  await distinct(() => matMul(long(16, 4001), long(4001, 16))),
  await distinct(() => fused.matMul({ a: long(16, 4001), b: long(4001, 16), activation: 'elu' })),
  await distinct(() => {
    const ids = tensor(
      Array.from({ length: 4001 }, (_, i) => i % 3),
      [4001],
      'int32',
    );
    return unsortedSegmentSum(long(4001, 2), ids as never, 3);
  }),
];

function thrownBy(run: () => unknown): unknown {
  try {
    run();
    return 'nothing was thrown';
  } catch (error) {
    if (!TensorError.isInstance(error)) throw error;
    return { code: error.code, message: error.message };
  }
}

const image = tensor([1, 2, 3, 4], [1, 2, 2, 1]);
const refused = [
  thrownBy(() =>
    engine().runKernel('ResizeBilinearGrad', { dy: image, images: image }, {
      alignCorners: false,
      halfPixelCenters: true,
    } as never),
  ),
  thrownBy(() => backend.ops.add(image, image).dataSync()),
];

// A dispatch of more rows than one, without the work of 65,536 workgroups.
const { device } = active() as unknown as { readonly device: { readonly limits: Record<string, number> } };
const limits = new Proxy(device.limits, {
  get: (target, name) => (name === 'maxComputeWorkgroupsPerDimension' ? 3 : Reflect.get(target, name)),
});
Object.defineProperty(device, 'limits', { value: limits });
const key = { seed: 7, counter: 8 };
const { uniformValues } = await import('@nt/tensor');
const drawn = await backend.ops.randomUniform([11_111], key).data();
const inRows = Array.from(drawn).join() === Array.from(uniformValues(11_111, key)).join();

await backend.settle();
await backend.dispose();
console.log(JSON.stringify({ differences, repeats, refused, inRows, cases: expected.size }));
