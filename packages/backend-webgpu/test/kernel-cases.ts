import { activations, type ElementwiseRule, elementwiseRule, type NetworkOps, type Tensor } from '@nt/tensor';
import { type KernelCase, uniform } from './kernel-case.ts';
import { layerCases } from './layer-cases.ts';

/** Next to the sides of tiles and vectors, and far from them. */
const lengths = [1, 3, 17, 64, 65, 130];

const special = [Number.NaN, Infinity, -Infinity, 0, -0, 1, -1, 3e38, -3e38, 1e-30, 0.5, -2.5, 88, -88, 100, -104, 20];

const ruleOf = (expression: ElementwiseRule['outputs'][number][1]): ElementwiseRule<'a' | 'b', never, 'y'> =>
  elementwiseRule({ name: 'tested', inputs: ['a', 'b'], scalars: [], definitions: [], outputs: [['y', expression]] });

/** Every special value with every other. */
function pairs<T extends Tensor>(ops: NetworkOps<T>): { a: T; b: T } {
  const count = special.length ** 2;
  const at = (of: (i: number) => number): T =>
    ops.tensor(
      Array.from({ length: count }, (_, i) => special[of(i)]!),
      [count],
    );
  return { a: at((i) => i % special.length), b: at((i) => Math.floor(i / special.length)) };
}

const binaries = ['+', '-', '*', 'min', 'max', '<', '<=', '>', '>=', '==', '!='] as const;
const unaries = ['sqrt', 'rsqrt', 'exp', 'log', 'abs', 'sign'] as const;

const specialValueCases: KernelCase[] = [
  ...binaries.map((operation) => ({
    name: `special values: ${operation}`,
    run: <T extends Tensor>(ops: NetworkOps<T>) => [ops.elementwise(ruleOf([operation, 'a', 'b']), pairs(ops), {}).y],
  })),
  ...unaries.map((operation) => ({
    name: `special values: ${operation}`,
    run: <T extends Tensor>(ops: NetworkOps<T>) => [ops.elementwise(ruleOf([operation, 'a']), pairs(ops), {}).y],
  })),
  {
    name: 'special values: select',
    run: (ops) => [ops.elementwise(ruleOf(['select', 'a', 'b', 2]), pairs(ops), {}).y],
  },
  {
    name: 'powers of special and of whole numbers',
    run: (ops) => {
      const bases = [0, -0, 1, -1, 2, -2, 0.5, 7, -7, 1.5, Infinity, -Infinity, Number.NaN];
      const exponents = [0, 1, 2, 3, -1, -2, 0.5, -0.5, 7, Infinity, -Infinity, Number.NaN];
      const count = bases.length * exponents.length;
      const a = ops.tensor(
        Array.from({ length: count }, (_, i) => bases[i % bases.length]!),
        [count],
      );
      const b = ops.tensor(
        Array.from({ length: count }, (_, i) => exponents[Math.floor(i / bases.length)]!),
        [count],
      );
      return [ops.elementwise(ruleOf(['pow', 'a', 'b']), { a, b }, {}).y];
    },
  },
  ...(['exp', 'log', 'softplus', 'sqrt'] as const).map((name) => ({
    name: `special values: tf.${name}`,
    run: <T extends Tensor>(ops: NetworkOps<T>) => [ops[name](ops.tensor(special, [special.length]))],
  })),
  {
    name: 'exp, log and softplus over their range',
    run: (ops) => {
      const wide = uniform(ops, [5000], 1, -85, 85);
      return [ops.exp(wide), ops.log(ops.abs(wide)), ops.softplus(wide), ops.log(uniform(ops, [5000], 2, 0.4, 2.1))];
    },
  },
];

const productCases: KernelCase[] = [
  ...lengths.flatMap((inner) =>
    lengths.map((rows, i) => ({
      name: `products ${rows} × ${inner} × ${lengths[(i + 2) % lengths.length]}`,
      run: <T extends Tensor>(ops: NetworkOps<T>) => {
        const columns = lengths[(i + 2) % lengths.length]!;
        const [a, b] = [uniform(ops, [rows, inner], 5), uniform(ops, [inner, columns], 6)];
        const [at, bt] = [ops.transpose(a), ops.transpose(b)];
        return [
          ops.matMul(a, b),
          ops.matMul(at, b, true),
          ops.matMul(a, bt, false, true),
          ops.matMul(at, bt, true, true),
        ];
      },
    })),
  ),
  {
    name: 'a long inner length',
    run: (ops) => [ops.matMul(uniform(ops, [2, 5000], 7, -0.1, 0.1), uniform(ops, [5000, 3], 8))],
  },
  { name: 'large tiles', run: (ops) => [ops.matMul(uniform(ops, [1030, 5], 7), uniform(ops, [5, 1030], 8))] },
  {
    name: 'batches of products',
    run: (ops) => {
      const [a, b] = [uniform(ops, [5, 17, 3], 9), uniform(ops, [5, 3, 33], 10)];
      return [ops.matMul(a, b), ops.matMul(b, a, true, true)];
    },
  },
  ...[
    [17, 6, 24],
    [0, 6, 24],
    [1, 1, 1],
    [130, 3, 65],
  ].map(([rows, n, m]) => ({
    name: `a constant matrix: ${rows} ${n} ${m}`,
    run: <T extends Tensor>(ops: NetworkOps<T>) => [
      ops.constMatMul(uniform(ops, [rows!, n!], 11), uniform(ops, [n!, m!], 12)),
    ],
  })),
];

const poolCases: KernelCase[] = (['maxPool1d', 'avgPool1d'] as const).flatMap((pool) =>
  [
    [1, 1, 1, 1],
    [3, 17, 1, 4],
    [2, 65, 3, 8],
    [5, 24, 2, 24],
    [2, 7, 1, 30],
    [0, 7, 1, 2],
  ].map(([batch, length, channels, kernelSize]) => ({
    name: `${pool} ${batch} ${length} ${channels} by ${kernelSize}`,
    run: <T extends Tensor>(ops: NetworkOps<T>) => [
      ops[pool](uniform(ops, [batch!, length!, channels!], 13), { kernelSize: kernelSize! }),
    ],
  })),
);

const scaleRule = elementwiseRule({
  name: 'scaled',
  inputs: ['w', 'g'],
  scalars: ['rate', 'factor'],
  definitions: [['step', ['*', ['-', 1, 'rate'], ['*', 'factor', 'g']]]],
  outputs: [
    ['w', ['-', 'w', 'step']],
    ['g', ['*', 'w', 'g']],
  ],
});

const wholeCases: KernelCase[] = [
  {
    name: 'what the host knows of a rule is computed in float64',
    run: (ops) => {
      const rule = elementwiseRule({
        name: 'share',
        inputs: ['a'],
        scalars: ['beta'],
        definitions: [['share', ['-', 1, 'beta']]],
        outputs: [['y', ['*', 'share', 'a']]],
      });
      return [ops.elementwise(rule, { a: ops.tensor([1e6, -1e3], [2]) }, { beta: 0.99999 }).y];
    },
  },
  {
    name: 'a rule over many tensors, some empty, some given twice',
    run: (ops) => {
      const shapes = [[1], [3], [17, 65], [0], [2, 0, 3], [1024], [1025], []];
      const groups = shapes.map((shape, i) => ({ w: uniform(ops, shape, 20 + i), g: uniform(ops, shape, 40 + i) }));
      groups.push({ w: groups[2]!.w, g: groups[2]!.w });
      const scalars = { rate: 0.999, factor: ops.tensor([0.5], []) };
      return ops.elementwiseEach(scaleRule, groups, scalars, { donate: ['w', 'g'] }).flatMap(({ w, g }) => [w, g]);
    },
  },
  {
    name: 'a rule over the results of rules, in place',
    run: (ops) => {
      let groups = [3, 1500].map((length) => ({ w: uniform(ops, [length], 1), g: uniform(ops, [length], 2) }));
      for (const rate of [0.9, 0.99, 0.999]) {
        groups = ops.elementwiseEach(scaleRule, groups, { rate, factor: 2 }, { donate: ['w', 'g'] });
      }
      return groups.flatMap(({ w, g }) => [
        w,
        g,
        ops.add(w, g),
        ops.matMul(
          ops.reshape(
            w,
            [1, -1].map((n) => (n < 0 ? w.shape[0]! : n)),
          ),
          ops.reshape(g, [w.shape[0]!, 1]),
        ),
      ]);
    },
  },
  {
    name: 'a scalar that lies in the heap and is an input too',
    run: (ops) => {
      const [{ w }] = ops.elementwiseEach(
        scaleRule,
        [
          { w: uniform(ops, [], 1), g: uniform(ops, [], 2) },
          { w: uniform(ops, [3], 1), g: uniform(ops, [3], 2) },
        ],
        { rate: 0.5, factor: 2 },
        { donate: ['w'] },
      ) as [{ w: ReturnType<typeof ops.zeros> }, unknown];
      const groups = [{ w, g: w }];
      return ops.elementwiseEach(scaleRule, groups, { rate: 0.5, factor: w }).flatMap((out) => [out.w, out.g]);
    },
  },
  ...[[[0]], [[1], [3, 17], [65, 65], [0], []], [[5000, 3]]].map((shapes) => ({
    name: `norm of ${JSON.stringify(shapes)}`,
    run: <T extends Tensor>(ops: NetworkOps<T>) => [
      ops.globalNorm(shapes.map((shape, i) => uniform(ops, shape, 60 + i))),
    ],
  })),
  { name: 'norm of nothing', run: (ops) => [ops.globalNorm([])] },
  {
    name: 'norm with NaN, and with infinity',
    run: (ops) => [
      ops.globalNorm([ops.tensor([1, Number.NaN], [2])]),
      ops.globalNorm([ops.tensor([1, -Infinity], [2])]),
    ],
  },
  ...lengths.map((length) => ({
    name: `random numbers: ${length}`,
    run: <T extends Tensor>(ops: NetworkOps<T>) => [
      ops.randomUniform([length, 3], { seed: 2 ** 40 + 3, counter: 2 ** 50 + length }),
    ],
  })),
  {
    name: 'products, pools and norms let NaN through',
    run: (ops) => {
      const x = ops.tensor([1, Number.NaN, 3, 4, Infinity, 6], [2, 3]);
      const w = ops.tensor([1, 2, 3, 4, 5, 6], [3, 2]);
      const b = ops.tensor([0, 0], [2]);
      return [
        ops.matMul(x, w),
        ops.maxPool1d(x, { kernelSize: 2 }),
        ops.avgPool1d(x, { kernelSize: 2 }),
        ...activations.map((activation) => ops.dense(x, w, b, activation)),
      ];
    },
  },
];

/** What kernels give, over shapes beside tiles and over values beside numbers. */
export const kernelCases: readonly KernelCase[] = [
  ...specialValueCases,
  ...productCases,
  ...layerCases,
  ...poolCases,
  ...wholeCases,
];
