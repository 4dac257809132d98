import { createCpuBackend } from '@nt/backend-cpu';
import {
  type ApplyOptions,
  adagrad,
  adam,
  adamax,
  adamw,
  adaptiveGradientClip,
  addGradientNoise,
  centralizeGradients,
  chain,
  clipByGlobalNorm,
  clipByValue,
  createOptimizer,
  exponentialMovingAverage,
  type GradientTransform,
  lamb,
  lion,
  lookahead,
  muon,
  nadam,
  type OptimizerOptions,
  radam,
  rmsprop,
  scheduleFreeAdamw,
  sgd,
  stochasticWeightAverage,
} from '@nt/optim';
import { type Backend, type NamedArrays, type Tensor, uniformValues } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 2 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

const learningRate = (completed: number): number => 0.02 / (1 + completed / 9);
const shapes = { 'a/w': [40, 30], 'a/b': [30], 'b/w': [30, 50], 'b/b': [50] } as const;
const names = Object.keys(shapes) as (keyof typeof shapes)[];
const many = 40;

interface Case {
  readonly transform?: () => GradientTransform;
  readonly options?: Pick<OptimizerOptions<Tensor>, 'accumulate' | 'skipNonFinite'>;
  readonly apply?: (call: number, scalar: (value: number) => Tensor) => ApplyOptions<Tensor>;
  /** Parameters that have a gradient in a call; default all. */
  readonly namesOf?: (call: number) => readonly (keyof typeof shapes)[];
  /** A call with a NaN among its gradients. */
  readonly badCall?: number;
  /** Repetitions of the update, at least; default all but the first five. */
  readonly atLeast?: number;
}

const one = (transform: () => GradientTransform, more: Case = {}): Case => ({ transform, ...more });
const usual = (): GradientTransform => chain(clipByGlobalNorm(1), adamw({ learningRate, weightDecay: 0.02 }));

const cases: Readonly<Record<string, Case>> = {
  sgd: one(() => sgd({ learningRate })),
  'sgd, Nesterov': one(() => sgd({ learningRate, momentum: 0.9, nesterov: true, weightDecay: 0.01 })),
  adam: one(() => adam({ learningRate })),
  'adam, AMSGrad': one(() => adam({ learningRate, amsgrad: true })),
  adamw: one(() => adamw({ learningRate, weightDecay: 0.02 })),
  rmsprop: one(() => rmsprop({ learningRate })),
  nadam: one(() => nadam({ learningRate })),
  // Its first updates are of another kind.
  radam: one(() => radam({ learningRate }), { atLeast: many - 11 }),
  adagrad: one(() => adagrad({ learningRate })),
  adamax: one(() => adamax({ learningRate })),
  lamb: one(() => lamb({ learningRate })),
  lion: one(() => lion({ learningRate })),
  muon: one(() => muon({ learningRate, matrices: ({ shape }) => shape.length === 2, adamw: { learningRate } })),
  scheduleFreeAdamw: one(() => scheduleFreeAdamw({ learningRate: 0.02, warmupUpdates: 5 })),
  'lookahead, every sixth update of another kind': one(() => lookahead(adam({ learningRate }), { every: 6 }), {
    atLeast: 20,
  }),
  'an average by powers': one(() => chain(adam({ learningRate }), exponentialMovingAverage({ decay: 0.9 }))),
  'an average of equals': one(() =>
    chain(adam({ learningRate }), stochasticWeightAverage({ startAfter: 3, every: 2 })),
  ),
  'clip by value and norm': one(() => chain(clipByGlobalNorm(0.4), clipByValue(0.02), adam({ learningRate }))),
  'clip by norms of units': one(() => chain(adaptiveGradientClip({ clipping: 0.02 }), adam({ learningRate }))),
  'gradients without their mean': one(() => chain(centralizeGradients(), adam({ learningRate }))),
  noise: one(() => chain(addGradientNoise({ seed: 5 }), adam({ learningRate }))),
  'noise and LAMB': one(() =>
    chain(addGradientNoise({ seed: 5, eta: 0.1 }), clipByGlobalNorm(2), lamb({ learningRate })),
  ),
  'micro-batches': { options: { accumulate: 3 }, atLeast: 7 },
  'micro-batches, LAMB': one(() => lamb({ learningRate }), { options: { accumulate: 2 }, atLeast: 14 }),
  'updates left out': { options: { skipNonFinite: true }, badCall: 17 },
  'micro-batches left out': { options: { skipNonFinite: true, accumulate: 3 }, badCall: 17, atLeast: 7 },
  'a scale': { apply: () => ({ gradientScale: 0.5 }) },
  'a scale and micro-batches': { apply: () => ({ gradientScale: 0.5 }), options: { accumulate: 3 }, atLeast: 7 },
  'a gate and a scale on the device': {
    apply: (call, scalar) => ({ gate: scalar(call % 7 === 3 ? 0 : 1), gradientScale: scalar(1 / (1 + call)) }),
  },
  'gates of micro-batches on the device': {
    apply: (call, scalar) => ({ gate: scalar(call % 7 === 3 ? 0 : 1) }),
    options: { accumulate: 2, skipNonFinite: true },
    badCall: 17,
    atLeast: 14,
  },
  'a norm that is asked for': one(() => adam({ learningRate }), { apply: () => ({ measureNorm: true }) }),
  'a layer that begins later': {
    namesOf: (call) => (call < 12 ? names.slice(0, 2) : names),
    apply: () => ({ allowMissing: true }),
    atLeast: many - 11,
  },
};

interface Outcome {
  readonly weights: Record<string, readonly number[]>;
  readonly state: NamedArrays;
  readonly norms: readonly (number | undefined)[];
  readonly replays: number;
  readonly reason: string | undefined;
}

async function trained(
  { transform = usual, apply, options, namesOf, badCall }: Case,
  isCaptured: boolean,
): Promise<Outcome> {
  const { ops } = backend;
  const before = backend.memory();
  const values = (name: keyof typeof shapes, counter: number): Float32Array =>
    Float32Array.from(
      uniformValues(shapes[name][0] * (shapes[name][1] ?? 1), { seed: names.indexOf(name), counter }),
      (u) => u - 0.45,
    );
  const parameters = Object.fromEntries(
    names.map((name) => {
      const initial = ops.tensor(values(name, 0), shapes[name]);
      const variable = ops.variable(initial, { name: `${name} ${isCaptured}` });
      initial.dispose();
      return [name, variable];
    }),
  );
  // Gradients lie where they lay before, as those of a captured step do.
  const gradientSite = backend.captureSite!();
  const site = backend.captureSite!();
  onTestFinished(() => {
    optimizer.dispose();
    for (const each of [site, gradientSite, ...Object.values(parameters)]) each.dispose();
    expect(backend.memory()).toEqual(before);
  });
  const optimizer = createOptimizer({
    ops,
    parameters,
    transform: transform(),
    ...options,
    ...(isCaptured && { captureSite: site }),
  });
  const norms: (number | undefined)[] = [];
  for (let call = 0; call < many; call++) {
    const given = names.map((name) => {
      const data = values(name, call + 1);
      if (call === badCall) data[3] = Number.NaN;
      return ops.tensor(data, shapes[name]);
    });
    const all = gradientSite.run({ inputs: given, key: '' }, (tensors) => tensors.map((x) => ops.add(x, x)));
    const taking = namesOf?.(call) ?? names;
    const gradients = Object.fromEntries(names.flatMap((name, i) => (taking.includes(name) ? [[name, all[i]!]] : [])));
    const scalars: Tensor[] = [];
    const scalar = (value: number): Tensor => {
      scalars.push(ops.tensor([value], []));
      return scalars.at(-1)!;
    };
    optimizer.apply(gradients, apply?.(call, scalar));
    ops.dispose([...given, ...scalars]);
    norms.push((await optimizer.lastGradientNorm?.data())?.[0]);
    if (options?.skipNonFinite) await optimizer.settle();
  }
  const weights: Record<string, readonly number[]> = {};
  for (const name of names) weights[name] = Array.from(await parameters[name]!.data());
  const { arrays: state } = await optimizer.snapshot();
  const { replays, reason } = site.report();
  return { weights, state, norms, replays, reason };
}

describe.each(Object.entries(cases))('%s', (_, given) => {
  it('is repeated with the bits of updates that are not', { timeout: 60_000 }, async () => {
    const eager = await trained(given, false);
    const { replays, reason, ...captured } = await trained(given, true);
    expect(captured).toEqual({ weights: eager.weights, state: eager.state, norms: eager.norms });
    expect(reason).toBe(undefined);
    expect(replays).toBeGreaterThanOrEqual(given.atLeast ?? many - 5);
  });
});
