import { createCpuBackend } from '@nt/backend-cpu';
import {
  type BinaryOperation,
  binaryOperations,
  type ElementwiseRule,
  type Expression,
  elementwiseRule,
  type UnaryOperation,
  unaryOperations,
} from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import type { Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadable } from './engines.ts';

const names = ['a', 'b', 'c', 'early', 'late', 's', 't'] as const;
/** Without operations that turn rounding errors into different numbers (comparisons) or into overflow (exp, pow). */
const smoothBinary = binaryOperations.filter((name) => ['+', '-', '*', 'min', 'max'].includes(name));
const smoothUnary = unaryOperations.filter((name) => name === 'abs');

function expressions(
  known: readonly string[],
  unary: readonly UnaryOperation[] = smoothUnary,
  binary: readonly BinaryOperation[] = smoothBinary,
): fc.Arbitrary<Expression> {
  return fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', maxDepth: 4 },
      fc.constantFrom(...known),
      fc.constantFrom(0.5, -2, 3),
      fc.tuple(fc.constantFrom(...unary), tie('tree')),
      fc.tuple(fc.constantFrom(...binary), tie('tree'), tie('tree')),
      fc.tuple(fc.constant('select' as const), fc.constantFrom('a', 's', 0, 1), tie('tree'), tie('tree')),
    ) as fc.Arbitrary<Expression>,
  })).tree;
}

const rules = fc
  .record({
    early: expressions(['a', 'b', 'c', 's', 't']),
    late: expressions(['a', 'b', 'c', 's', 't', 'early']),
    outputs: fc.array(expressions(names), { minLength: 1, maxLength: 3 }),
    outputNames: fc.shuffledSubarray(['a', 'b', 'c', 'x', 'y'], { minLength: 3, maxLength: 3 }),
  })
  .map(
    ({ early, late, outputs, outputNames }): ElementwiseRule =>
      elementwiseRule({
        name: 'random',
        inputs: ['a', 'b', 'c'],
        scalars: ['s', 't'],
        definitions: [
          ['early', early],
          ['late', late],
        ],
        outputs: outputs.map((expression, i) => [outputNames[i]!, expression] as const),
      }),
  );

it.each(loadable)('any rule agrees with the reference, whatever is donated: %s', async (kernels) => {
  const backend = await createCpuBackend({ kernels, threads: 1, poisonFreedMemory: true });
  onTestFinished(() => backend.dispose());
  const reference = createReferenceBackend();
  const sizes = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(511, 512, 513, 1500, 4096, 5003));
  const donations = fc.subarray(['a', 'b', 'c']);
  const runs = process.env['NT_LONG'] === '1' ? 20_000 : 150;
  await fc.assert(
    fc.asyncProperty(rules, sizes, donations, async (rule, size, donate) => {
      const values = (k: number): number[] =>
        Array.from({ length: size }, (_, i) => Math.fround(Math.sin(i * 0.7 + k) * 2));
      const run = async ({ ops }: typeof reference): Promise<number[][]> => {
        const inputs = Object.fromEntries(['a', 'b', 'c'].map((name, k) => [name, ops.tensor(values(k), [size])]));
        const outputs = ops.elementwise(rule, inputs, { s: 0.25, t: ops.tensor([-1.5], []) }, { donate });
        const result = await Promise.all(rule.outputs.map(async ([name]) => Array.from(await outputs[name]!.data())));
        ops.dispose([...Object.values(inputs), ...Object.values(outputs)]);
        return result;
      };
      const expected = await run(reference);
      const received = await run(backend as unknown as typeof reference);
      received.forEach((output, i) => {
        output.forEach((value, j) => {
          const exact = expected[i]![j]!;
          // Intermediate results may be larger than the result; 1e4 bounds them for depth 4 and inputs up to 2.
          expect(Math.abs(value - exact)).toBeLessThanOrEqual(1e-5 * Math.max(1e2, Math.abs(exact)));
        });
      });
    }),
    { numRuns: runs },
  );
});

const exact = unaryOperations.filter((name) => name !== 'exp' && name !== 'log');
const anyExact = expressions(
  ['a', 'b', 'c', 's'],
  exact,
  binaryOperations.filter((name) => name !== 'pow'),
);

it.each(loadable)(
  'a rule gives the same bits on large tensors, where it is compiled, as on small ones: %s',
  async (kernels) => {
    const backend = await createCpuBackend({ kernels, threads: kernels === 'js' ? 1 : 3 });
    onTestFinished(() => backend.dispose());
    const { ops } = backend;
    const [large, small] = [4096 + 5003, 4000];
    const inputs = (count: number): Record<'a' | 'b' | 'c', Tensor> => {
      const tensor = (k: number): Tensor => {
        const values = Float32Array.from({ length: count }, (_, i) => (i % 7 === k ? Number.NaN : Math.sin(i + k) * 3));
        return ops.tensor(values, [count]);
      };
      return { a: tensor(0), b: tensor(1), c: tensor(2) };
    };
    const whole = inputs(large);
    const part = inputs(small);
    await fc.assert(
      fc.asyncProperty(anyExact, anyExact, async (first, second) => {
        const rule = elementwiseRule({
          name: 'random',
          inputs: ['a', 'b', 'c'],
          scalars: ['s'],
          definitions: [],
          outputs: [
            ['x', first],
            ['y', second],
          ],
        });
        const [compiled, interpreted] = [
          ops.elementwise(rule, whole, { s: -0.5 }),
          ops.elementwise(rule, part, { s: -0.5 }),
        ];
        for (const name of ['x', 'y'] as const) {
          expect(Array.from(await compiled[name].data()).slice(0, small)).toEqual(
            Array.from(await interpreted[name].data()),
          );
        }
        ops.dispose([compiled.x, compiled.y, interpreted.x, interpreted.y]);
      }),
      { numRuns: process.env['NT_LONG'] === '1' ? 5000 : 60 },
    );
  },
);

/** max(… max(x − a, b) − a, b): two steps for each level. */
function tower(levels: number): ElementwiseRule<'x' | 'a' | 'b', never, 'y'> {
  const name = (level: number): string => (level === 0 ? 'x' : `level${level}`);
  const definitions = Array.from(
    { length: levels },
    (_, level) => [name(level + 1), ['max', ['-', name(level), 'a'], 'b']] as const,
  );
  return elementwiseRule({
    name: 'tower',
    inputs: ['x', 'a', 'b'],
    scalars: [],
    definitions,
    outputs: [['y', name(levels)]],
  });
}

describe.each(loadable.filter((kernels) => kernels !== 'js'))('long rules: %s', (kernels) => {
  it('run for several groups, of which two fit into one command', async () => {
    const backend = await createCpuBackend({ kernels, threads: 2 });
    onTestFinished(() => backend.dispose());
    const { ops } = backend;
    const groups = Array.from({ length: 7 }, (_, i) => ({
      x: ops.tensor([1000 + i, 2000 + i, 3000], [3]),
      a: ops.tensor([1, 2, 0.5], [3]),
      b: ops.tensor([-5 - i, 7, 9], [3]),
    }));
    const results = ops.elementwiseEach(tower(750), groups, {});
    for (const [i, { y }] of results.entries()) expect([...(await y.data())]).toEqual([250 + i, 500 + i, 2625]);
  });

  it('that are too long for a command are refused', async () => {
    const backend = await createCpuBackend({ kernels, threads: 2 });
    onTestFinished(() => backend.dispose());
    const { ops } = backend;
    const x = ops.tensor([1], [1]);
    expect(() => ops.elementwise(tower(1700), { x, a: x, b: x }, {})).toThrow(/Split it into two rules/);
    const { y } = ops.elementwise(tower(1600), { x, a: x, b: x }, {});
    expect([...(await y.data())]).toEqual([1]);
  });
});
