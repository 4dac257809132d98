import {
  type Backend,
  type CaptureReport,
  type CaptureSite,
  elementwiseRule,
  type RandomKey,
  type Tensor,
  uniformValues,
  type Variable,
} from '@nt/tensor';

const momentum = elementwiseRule({
  name: 'clippedMomentum',
  inputs: ['weight', 'mean', 'gradient'],
  scalars: ['norm', 'rate'],
  definitions: [['next', ['+', ['*', 0.9, 'mean'], ['/', 'gradient', ['max', 'norm', 1]]]]],
  outputs: [
    ['mean', 'next'],
    ['weight', ['-', 'weight', ['*', 'rate', 'next']]],
  ],
});

const maskRule = elementwiseRule({
  name: 'mask',
  inputs: ['u'],
  scalars: [],
  definitions: [],
  outputs: [['mask', ['select', ['>=', 'u', 0.25], 1.5, 0]]],
});

/** What a training with dropout, clipping and a schedule left. */
export interface Trace {
  readonly losses: number[];
  readonly weights: number[];
  readonly memory: { readonly tensors: number; readonly bytes: number }[];
  readonly reports: CaptureReport[];
}

export interface CapturedTrainingOptions<T extends Tensor> {
  readonly backend: Backend<T>;
  readonly captured: boolean;
  readonly updates: number;
  /** Of update i; default 32 always. */
  readonly batchOf?: (update: number) => number;
  readonly width?: number;
}

const inputs = 96;

/** A network of two layers, trained in two captured parts: loss with gradients, and the update of weights in place. */
export async function capturedTraining<T extends Tensor>({
  backend,
  captured,
  updates,
  batchOf = () => 32,
  width = 48,
}: CapturedTrainingOptions<T>): Promise<Trace> {
  const { ops } = backend;
  const sites: CaptureSite<T>[] = captured ? [backend.captureSite!(), backend.captureSite!()] : [];
  const values = (shape: readonly number[], counter: number): number[] =>
    Array.from(
      uniformValues(
        shape.reduce((a, b) => a * b, 1),
        { seed: 3, counter },
      ),
      (u) => (u - 0.5) / 4,
    );
  const variable = (name: string, shape: readonly number[], counter: number): Variable<T> => {
    const initial = ops.tensor(values(shape, counter), shape);
    const made = ops.variable(initial, { name });
    ops.dispose(initial);
    return made;
  };
  const variables = [
    variable('w0', [inputs, width], 1),
    variable('b0', [width], 2),
    variable('w1', [width, 24], 3),
    variable('b1', [24], 4),
  ];
  const [w0, b0, w1, b1] = variables as [Variable<T>, Variable<T>, Variable<T>, Variable<T>];
  let means = variables.map(({ shape }) => ops.zeros(shape));
  const random = { seed: 11, counter: 0 } satisfies RandomKey;
  let rate = 0;

  const gradients = ([x, y]: readonly T[]): T[] => {
    const loss = (): T => {
      const h = ops.mlp(x!, [{ w: w0, b: b0, activation: 'relu' }]);
      const u = ops.randomUniform(h.shape, () => ({ seed: random.seed, counter: 10 * random.counter + 3 }));
      const dropped = ops.mul(h, ops.elementwise(maskRule, { u }, {}).mask);
      const out = ops.mlp(dropped, [{ w: w1, b: b1, activation: 'linear' }]);
      return ops.mul(ops.sum(ops.abs(ops.sub(out, y!))), ops.tensor([1 / 768], []));
    };
    const { value, grads } = ops.variableGrads(loss, variables);
    return [value, ...variables.map(({ name }) => grads[name]!)];
  };
  const update = (grads: readonly T[]): T[] => {
    const norm = ops.globalNorm(grads);
    const scalars = (): { norm: T; rate: number } => ({ norm, rate });
    const groups = variables.map((weight, i) => ({ weight: weight as T, mean: means[i]!, gradient: grads[i]! }));
    const results = ops.elementwiseEach(momentum, groups, scalars(), { donate: ['weight', 'mean'], late: scalars });
    for (const [i, { weight, mean }] of results.entries()) {
      variables[i]!.assign(weight);
      ops.dispose([weight, means[i]!]);
      means[i] = ops.keep(mean);
    }
    return [norm];
  };

  const trace: Trace = { losses: [], weights: [], memory: [], reports: [] };
  for (let i = 0; i < updates; i++) {
    const batch = batchOf(i);
    random.counter = i;
    rate = 0.1 / (1 + i / 10);
    const given = [
      ops.tensor(values([batch, inputs], 100 + i), [batch, inputs]),
      ops.tensor(values([batch, 24], 7), [batch, 24]),
    ];
    if (captured) {
      const [value, ...grads] = sites[0]!.run({ inputs: given, key: '' }, gradients);
      sites[1]!.run({ inputs: [], uses: [...variables, ...means, ...grads], key: '' }, () => update(grads));
      trace.losses.push((await value!.data())[0]!);
    } else {
      ops.tidy(() => {
        const [value, ...grads] = gradients(given);
        update(grads);
        trace.losses.push((value as never as { dataSync(): Float32Array }).dataSync()[0]!);
      });
    }
    ops.dispose(given);
    trace.memory.push(backend.memory());
  }
  for (const weight of variables) trace.weights.push(...Array.from(await weight.data()));
  for (const site of sites) {
    trace.reports.push(site.report());
    site.dispose();
  }
  ops.dispose(means);
  for (const weight of variables) weight.dispose();
  means = [];
  return trace;
}
