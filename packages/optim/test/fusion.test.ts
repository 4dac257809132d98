import '@tensorflow/tfjs-backend-cpu';
import {
  type ElementwiseKernelAttributes,
  type ElementwiseRule,
  type Expression,
  kernelNames,
  visitNames,
} from '@nt/tensor';
import { createReferenceBackend, ReferenceTensor } from '@nt/tensor/reference';
import { tfjsOps } from '@nt/tensor/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  adagrad,
  adam,
  adamax,
  adamw,
  addGradientNoise,
  chain,
  clipByGlobalNorm,
  clipByValue,
  createOptimizer,
  exponentialMovingAverage,
  type GradientTransform,
  lion,
  lookahead,
  nadam,
  onlyFor,
  radam,
  rmsprop,
  scheduleFreeAdamw,
  sgd,
} from '../src/index.ts';
import { makeVariables, readAll, referenceVariables, tensorsLike } from './engine.ts';

const start = { a: [1, 2], b: [3], c: [4, 5, 6] };
const gradients = { a: [1, -2], b: [3], c: [-4, 5, 6] };

const everything = () =>
  chain(
    clipByGlobalNorm(1),
    clipByValue(1),
    addGradientNoise({ seed: 1 }),
    lookahead(adamw()),
    exponentialMovingAverage(),
  );

const elementwiseTransforms: Record<string, () => GradientTransform> = {
  'all that is elementwise, behind a clip by norm': everything,
  sgd: () => sgd({ momentum: 0.9, nesterov: true, weightDecay: 0.1 }),
  adam: () => adam({ weightDecay: 0.1, amsgrad: true, maximize: true }),
  rmsprop: () => rmsprop({ centered: true, momentum: 0.9 }),
  nadam,
  radam,
  adagrad,
  adamax,
  lion,
  scheduleFreeAdamw,
  'groups of different recipes': () =>
    chain(
      onlyFor(({ name }) => name === 'a', sgd()),
      onlyFor(({ name }) => name !== 'a', adamw()),
    ),
};

/** Calls of the kernel for three parameters: one, but where a step measures each parameter or groups differ. */
const calls: Record<string, number> = {
  'all that is elementwise, behind a clip by norm': 3,
  'groups of different recipes': 2,
};

describe('one update', () => {
  test.each(Object.entries(elementwiseTransforms))('of %s passes over each parameter once', (name, make) => {
    const { ops, parameters } = referenceVariables(start);
    const rules: ElementwiseRule[] = [];
    const updated: ReferenceTensor[] = [];
    const elementwiseEach: typeof ops.elementwiseEach = (rule, groups, scalars, options) => {
      rules.push(rule);
      updated.push(...groups.map((inputs) => Object.values<ReferenceTensor>(inputs)[0]!));
      return ops.elementwiseEach(rule, groups, scalars, options);
    };
    const watched = { ...ops, elementwiseEach };
    const optimizer = createOptimizer({ ops: watched, parameters, transform: make() });
    const tensors = tensorsLike(ops, parameters, gradients);
    const scale = ops.tensor([0.5], []);
    optimizer.apply(tensors, { gradientScale: scale, gate: scale });
    rules.length = updated.length = 0;
    optimizer.apply(tensors, { gradientScale: scale, gate: scale });
    expect(rules).toHaveLength(calls[name] ?? 1);
    expect(updated.map(({ shape }) => shape[0]).sort()).toEqual([1, 2, 3]);
    const again = [...rules];
    rules.length = 0;
    optimizer.apply(tensors, { gradientScale: scale, gate: scale });
    expect(rules.every((rule, i) => rule === again[i])).toBe(true);
  });

  test('of large weights runs in several calls, so that few have their old and new state at once', () => {
    const sizes = { a: 3_000_000, b: 1_000_000, c: 1_000_000, d: 5_000_000, e: 1 };
    const { ops } = createReferenceBackend();
    const entries = Object.entries(sizes);
    const parameters = Object.fromEntries(
      entries.map(([name, size]) => [name, ops.variable(ops.zeros([size]), { name })] as const),
    );
    const calls: number[][] = [];
    // Computes nothing: a float64 interpreter would take seconds for so many weights.
    const elementwiseEach = ((_rule, groups: readonly Record<string, ReferenceTensor>[]) => {
      calls.push(groups.map(({ weight }) => weight!.shape[0]!));
      return groups.map(({ weight }) => ({ weight: ops.zeros(weight!.shape) }));
    }) as typeof ops.elementwiseEach;
    const optimizer = createOptimizer({ ops: { ...ops, elementwiseEach }, parameters, transform: sgd() });
    optimizer.apply(Object.fromEntries(entries.map(([name, size]) => [name, ops.zeros([size])])));
    expect(calls).toEqual([[3_000_000, 1_000_000], [1_000_000], [5_000_000], [1]]);
  });

  test('reads nothing back, whatever is on the device', () => {
    const { ops, parameters } = referenceVariables(start);
    const optimizer = createOptimizer({ ops, parameters, transform: everything(), skipNonFinite: true, accumulate: 2 });
    const reads = vi.spyOn(ReferenceTensor.prototype, 'data');
    const tensors = tensorsLike(ops, parameters, gradients);
    for (let i = 0; i < 4; i++) optimizer.apply(tensors, { gate: ops.tensor([1], []), measureNorm: true });
    optimizer.useEvaluationWeights();
    optimizer.useTrainingWeights();
    expect(reads).not.toHaveBeenCalled();
    reads.mockRestore();
  });
});

/** Operations of a rule that touch every element: passes over memory on an engine that composes rules. */
function passesOf({ definitions, outputs, scalars }: ElementwiseRule): number {
  const isScalar = (expression: Expression): boolean => {
    const names: string[] = [];
    visitNames(expression, (name) => names.push(name));
    return names.every((name) => scalars.includes(name));
  };
  const count = (expression: Expression): number =>
    typeof expression !== 'object' || isScalar(expression)
      ? 0
      : 1 + (expression.slice(1) as Expression[]).map(count).reduce((a, b) => a + b);
  return [...definitions, ...outputs].map(([, expression]) => count(expression)).reduce((a, b) => a + b);
}

describe('on an engine that composes rules, the passes over memory', () => {
  test.each([
    ['sgd', sgd(), 2],
    ['sgd behind a clip by norm: the factor joins the rate', chain(clipByGlobalNorm(1), sgd()), 2],
    ['sgd that ascends, behind a clip by norm', chain(clipByGlobalNorm(1), sgd({ maximize: true })), 2],
    ['adam, of which tf.train.adam makes 14', adam(), 12],
    ['adamw', adamw(), 13],
    ['adamw behind a clip by norm', chain(clipByGlobalNorm(1), adamw()), 14],
  ])('of %s', (_, transform, passes) => {
    const { ops, parameters } = referenceVariables(start);
    const rules = new Set<ElementwiseRule>();
    const elementwiseEach: typeof ops.elementwiseEach = (rule, groups, scalars, options) => {
      rules.add(rule);
      return ops.elementwiseEach(rule, groups, scalars, options);
    };
    const optimizer = createOptimizer({ ops: { ...ops, elementwiseEach }, parameters, transform });
    optimizer.apply(tensorsLike(ops, parameters, gradients));
    expect([...rules].map(passesOf)).toEqual([passes]);
  });
});

describe('on a tfjs engine with the elementwise kernel', () => {
  const calls: string[] = [];

  /** Interprets rules on the reference: a stand-in for the kernels of our backends. */
  function registerKernel(): void {
    const { ops } = createReferenceBackend({ storage: 'float32' });
    tf.registerKernel({
      kernelName: kernelNames.elementwise,
      backendName: 'cpu',
      kernelFunc: ({ inputs, attrs, backend }) => {
        const { rule, scalars, groups } = attrs as unknown as ElementwiseKernelAttributes;
        calls.push(rule.name);
        const engine = backend as {
          readSync(id: object): Float32Array;
          write(values: Float32Array, shape: number[], dtype: string): object;
        };
        const read = (name: string): ReferenceTensor => {
          const { dataId, shape } = inputs[name] as tf.TensorInfo;
          return ops.tensor(Float32Array.from(engine.readSync(dataId)), shape);
        };
        const values = Object.entries(scalars).map(
          ([name, value]) => [name, typeof value === 'number' ? value : read(value.input)] as const,
        );
        const outputs = ops.elementwiseEach(
          rule,
          Array.from({ length: groups }, (_, group) =>
            Object.fromEntries(rule.inputs.map((name, i) => [name, read(`${group * rule.inputs.length + i}`)])),
          ),
          Object.fromEntries(values),
        );
        return outputs.flatMap((group) =>
          rule.outputs.map(([name]) => {
            const { shape, values: data } = group[name]!;
            return {
              dataId: engine.write(Float32Array.from(data), [...shape], 'float32'),
              shape: [...shape],
              dtype: 'float32' as const,
            };
          }),
        );
      },
    });
  }

  async function valuesAfter(updates: number): Promise<Record<string, number[]>> {
    const ops = tfjsOps();
    const parameters = makeVariables(ops, start);
    const optimizer = createOptimizer({ ops, parameters, transform: everything() });
    const tensors = tensorsLike(ops, parameters, gradients);
    for (let i = 0; i < updates; i++) optimizer.apply(tensors);
    const values = await readAll(parameters);
    optimizer.dispose();
    for (const variable of Object.values(parameters)) variable.dispose();
    return values;
  }

  afterEach(() => {
    if (tf.getKernel(kernelNames.elementwise, 'cpu')) tf.unregisterKernel(kernelNames.elementwise, 'cpu');
  });

  test('the kernel runs once for each parameter that has noise of its own, and once for the clip factor', async () => {
    await tf.setBackend('cpu');
    const composed = await valuesAfter(3);
    registerKernel();
    const fused = await valuesAfter(3);
    expect(calls.filter((name) => name.includes('scaleByAdam'))).toHaveLength(9);
    expect(calls.filter((name) => name === 'clipFactor')).toHaveLength(3);
    expect(calls.filter((name) => name !== 'copy')).toHaveLength(12);
    for (const name of Object.keys(start)) {
      for (const [i, value] of fused[name]!.entries()) expect(value).toBeCloseTo(composed[name]![i]!, 5);
    }
  });
});
