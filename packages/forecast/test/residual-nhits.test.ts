import { createReferenceBackend, type ReferenceTensor } from '@nt/tensor/reference';
import { describe, expect, it } from 'vitest';
import { residualNhits } from '../src/recipe/residual-nhits.ts';

const { ops } = createReferenceBackend();
const size = { inputSize: 8, horizon: 3, outputs: 1, historic: 0, future: 2, static: 0 };
const network = { variant: 'paper', hiddenSize: 5, nPoolKernelSize: [2, 2, 1], nFreqDownsample: [3, 2, 1] } as const;
const options = { lookback: 4, linearSkip: true, calendar: 2, network: { ...network, nFreqDownsample: [3, 2, 1] } };
const init = { seed: 1, scope: '' };
const run = { training: false, random: { seed: 0, counter: 0 } };
const start = Float64Array.from({ length: 24 }, (_, i) => Math.sin(i));

let count = 0;
const modelOf = (change: Partial<typeof options> = {}, from: Float64Array | undefined = start) =>
  residualNhits(from).create(ops, size, { ...options, ...change }, { ...init, scope: `${count++}/` });

const x = [3, 1, 4, 1, 5, 9, 2, 6];
const windowOf = (input: readonly number[], mask?: readonly number[], calendar = 0.5) => ({
  input: ops.tensor(input, [1, 8]),
  ...(mask && { inputMask: ops.tensor(mask, [1, 8]) }),
  future: ops.tensor(
    Array.from({ length: 22 }, (_, i) => (Math.floor(i / 2) === 8 ? calendar : 0.1)),
    [1, 11, 2],
  ),
});
const forecast = (model: ReturnType<typeof modelOf>, window: ReturnType<typeof windowOf>): number[] => [
  ...(model.forward(window, run) as ReferenceTensor).values,
];

describe('before any update', () => {
  it('it is the linear forecast, or the last value without one', () => {
    const last = x.at(-1)!;
    const expected = [0, 1, 2].map(
      (step) => last + x.reduce((sum, v, t) => sum + (v - last) * start[t * 3 + step]!, 0),
    );
    forecast(modelOf(), windowOf(x)).forEach((value, step) => {
      expect(value).toBeCloseTo(expected[step]!, 10);
    });
    expect(forecast(modelOf({ linearSkip: false }, undefined), windowOf(x))).toEqual([6, 6, 6]);
  });

  it.each([
    [[1, 1, 1, 1, 1, 1, 1, 0], 2],
    [[1, 1, 1, 1, 1, 0, 0, 0], 5],
    [[1, 0, 0, 0, 0, 0, 0, 0], 3],
    [[0, 0, 0, 0, 0, 0, 0, 0], 0],
  ])('where %j was observed, the last value is %d', (mask, last) => {
    const input = x.map((value, i) => value * mask[i]!);
    const values = forecast(modelOf({ linearSkip: false }, undefined), windowOf(input, mask));
    for (const value of values) expect(value).toBeCloseTo(last, 4);
  });
});

describe('after one', () => {
  const changed = (change: Partial<typeof options> = {}): ReturnType<typeof modelOf> => {
    const model = modelOf(change);
    for (const parameter of model.parameters.values()) {
      const values = Float64Array.from(
        { length: parameter.shape.reduce((a, b) => a * b, 1) },
        (_, i) => Math.cos(i) / 3,
      );
      const value = ops.tensor(values, parameter.shape);
      parameter.assign(value);
      ops.dispose(value);
    }
    return model;
  };

  it('moves and grows with the series: a level added is a level more, and the network sees its look-back only', () => {
    const model = changed({ linearSkip: false });
    const plain = forecast(model, windowOf(x));
    forecast(model, windowOf(x.map((v) => v + 100))).forEach((v, i) => {
      expect(v).toBeCloseTo(plain[i]! + 100, 9);
    });
    expect(forecast(model, windowOf([9, 9, 9, 9, ...x.slice(4)]))).toEqual(plain);
    expect(forecast(changed(), windowOf([9, 9, 9, 9, ...x.slice(4)]))).not.toEqual(forecast(changed(), windowOf(x)));
  });

  it('is told the calendar of the first step', () => {
    const model = changed();
    expect(forecast(model, windowOf(x, undefined, 0.9))).not.toEqual(forecast(model, windowOf(x)));
    expect(model.parameters.get('blocks.0.layers.0.weight')!.shape).toEqual([2 + 2, 5]);
  });

  it('saves its weights, and loads them', async () => {
    const model = changed();
    const other = modelOf();
    other.loadWeights(await model.saveWeights());
    expect(forecast(other, windowOf(x))).toEqual(forecast(model, windowOf(x)));
    expect(Object.keys(await model.saveWeights())).toContain('linear.weight');
  });

  it('trains all of its parameters but the backcast of the last block', () => {
    const model = changed();
    const names = [...model.parameters.keys()];
    const { grads } = ops.variableGrads(
      () => ops.sum(model.forward(windowOf(x), { ...run, training: true })),
      [...model.parameters.values()],
    );
    const still = Object.entries(grads).filter(([, gradient]) =>
      (gradient as ReferenceTensor).values.every((v) => v === 0),
    );
    expect(Object.keys(grads)).toHaveLength(names.length);
    expect(still.map(([name]) => name)).toEqual([]);
  });
});
