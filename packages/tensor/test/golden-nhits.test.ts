import type { Backend, NetworkOps, Tensor, Variable } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { createFusedCpu, createStockCpu } from './engines.ts';
import { readGolden } from './golden.ts';
import { expectNear } from './near.ts';
import { readGoldenWeights } from './safetensors.ts';
import { tolerances } from './tolerances.ts';

interface Nhits {
  readonly hparams: { input_size: number; h: number; n_pool_kernel_size: number[]; n_freq_downsample: number[] };
  readonly insample_y: number[][];
  readonly insample_mask: number[][];
  readonly target: number[][];
  readonly output_float64: number[][];
  readonly loss: { value: number; grad_norm: Record<string, number>; grad_first6: Record<string, number[]> };
}

const golden = readGolden<Nhits>('nhits_default');
const weights = readGoldenWeights(new URL('./golden/nhits_default.safetensors', import.meta.url));
const { cases } = readGolden<{ cases: { mode: string; K: number; h: number; matrix: number[][] }[] }>('interpolation');
const { input_size: length, h: horizon, n_pool_kernel_size: kernels, n_freq_downsample: factors } = golden.hparams;
const batch = golden.target.length;

/** neuralforecast's network in the words of NetworkOps; weights stay in PyTorch's layout, `[outputs, inputs]`. */
function forward<T extends Tensor>(ops: NetworkOps<T>, weight: (name: string) => T): T {
  const input = ops.tensor(golden.insample_y.flat(), [batch, length]);
  const mask = ops.reverse(ops.tensor(golden.insample_mask.flat(), [batch, length]), 1);
  let residuals = ops.reverse(input, 1);
  let forecast = ops.slice(input, [0, length - 1], [batch, 1]);
  kernels.forEach((kernelSize, block) => {
    const layer = (x: T, index: number, activation: 'relu' | 'linear'): T => {
      const name = `blocks.${block}.layers.${index}`;
      return ops.dense(x, ops.transpose(weight(`${name}.weight`)), weight(`${name}.bias`), activation);
    };
    let hidden = layer(ops.maxPool1d(residuals, { kernelSize }), 0, 'linear');
    for (const index of [1, 3, 5]) hidden = layer(hidden, index, 'relu');
    const theta = layer(hidden, 7, 'linear');
    const knots = Math.max(Math.floor(horizon / factors[block]!), 1);
    const { matrix } = cases.find(({ mode, K, h }) => mode === 'linear' && K === knots && h === horizon)!;
    const backcast = ops.slice(theta, [0, 0], [batch, length]);
    residuals = ops.mul(ops.sub(residuals, backcast), mask);
    const constant = ops.tensor(matrix.flat(), [knots, horizon]);
    forecast = ops.add(forecast, ops.constMatMul(ops.slice(theta, [0, length], [batch, knots]), constant));
  });
  return forecast;
}

function meanAbsoluteError<T extends Tensor>(ops: NetworkOps<T>, weight: (name: string) => T): T {
  const target = ops.tensor(golden.target.flat(), [batch, horizon]);
  const errors = ops.abs(ops.sub(forward(ops, weight), target));
  return ops.div(ops.sum(errors), ops.tensor([batch * horizon], []));
}

const constants = <T extends Tensor>(ops: NetworkOps<T>) => {
  const tensors = new Map([...weights].map(([name, { shape, values }]) => [name, ops.tensor(values, shape)]));
  return (name: string): T => tensors.get(name)!;
};

it("the reference computes neuralforecast's N-HiTS to 1e-12 in float64", async () => {
  const { ops } = createReferenceBackend();
  const weight = constants(ops);
  expectNear(await forward(ops, weight).data(), golden.output_float64.flat(), tolerances.float64);
  expectNear(await meanAbsoluteError(ops, weight).data(), [golden.loss.value], tolerances.float64);
});

it("the reference's central differences agree with PyTorch's gradient of the last bias of each block", async () => {
  const { ops } = createReferenceBackend();
  const weight = constants(ops);
  const variables = new Map(
    [0, 1, 2].map((block) => {
      const name = `blocks.${block}.layers.7.bias`;
      return [name, ops.variable(weight(name), { name })];
    }),
  );
  const { grads } = ops.variableGrads(
    () => meanAbsoluteError(ops, (name) => variables.get(name) ?? weight(name)),
    [...variables.values()],
  );
  for (const name of variables.keys()) {
    expectNear(grads[name]!.values.subarray(0, 6), golden.loss.grad_first6[name]!, tolerances.centralDifferences);
    expectNear(ops.globalNorm([grads[name]!]).values, [golden.loss.grad_norm[name]!], tolerances.centralDifferences);
  }
});

it.each([
  ['composed of stock operations', createStockCpu],
  ['with every fused kernel', () => createFusedCpu()],
])("tfjs %s has PyTorch's output, loss and gradient of all 30 parameters", async (_title, create) => {
  const backend = await create();
  const { ops } = backend;
  const before = backend.memory().tensors;
  const variables = new Map(
    [...weights].map(
      ([name, { shape, values }]): [
        string,
        Variable<Awaited<ReturnType<typeof create>> extends Backend<infer T> ? T : never>,
      ] => [name, ops.tidy(() => ops.variable(ops.tensor(values, shape), { name }))],
    ),
  );
  const output = ops.tidy(() => forward(ops, (name) => variables.get(name)!));
  expectNear(await output.data(), golden.output_float64.flat(), tolerances.float32);
  const { value, grads } = ops.variableGrads(
    () => meanAbsoluteError(ops, (name) => variables.get(name)!),
    [...variables.values()],
  );
  expectNear(await value.data(), [golden.loss.value], tolerances.float32);
  expect(Object.keys(grads)).toHaveLength(30);
  for (const [name, gradient] of Object.entries(grads)) {
    const norm = golden.loss.grad_norm[name]!;
    const values = Array.from(await gradient.data());
    expectNear([Math.hypot(...values) / norm], [1], tolerances.networkGradients);
    const first = golden.loss.grad_first6[name]!.map((g) => g / norm);
    expectNear(
      values.slice(0, 6).map((g) => g / norm),
      first,
      tolerances.networkGradients,
    );
  }
  ops.dispose([output, value, ...Object.values(grads), ...variables.values()]);
  expect(backend.memory().tensors).toBe(before);
  await backend.dispose();
});
