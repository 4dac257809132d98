import type { NamedArray } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { createNhits, type NhitsOptions } from '../src/index.ts';

const { ops, memory } = createReferenceBackend();
const run = { training: false, random: { seed: 1, counter: 0 } };
const size = { inputSize: 4, horizon: 2, hiddenSize: 5, nBlocks: [1], nPoolKernelSize: [2], nFreqDownsample: [1] };
const values = (shape: number[], data: number[]): NamedArray => ({
  shape,
  dtype: 'float64',
  data: Float64Array.from(data),
});
/** Forecasts 2 · (first − last) + 0.5, then the same with the value before last. */
const ridge = {
  'skip.weight': values([2, 4], [2, 0, 0, 0, 0, 0, 2, 0]),
  'skip.bias': values([2], [0.5, 0.25]),
};
const input = [1, 3, 5, 4];

function forecast(options: Partial<NhitsOptions>, { start = {}, mask = [1, 1, 1, 1] } = {}): number[] {
  const model = createNhits(ops, { ...size, ...options }, { start });
  const window = { input: ops.tensor(input, [1, 4]), inputMask: ops.tensor(mask, [1, 4]) };
  const result = Array.from(ops.tidy(() => model.forward(window, run)).values);
  model.dispose();
  return result;
}

const away = (a: readonly number[], b: readonly number[]): number[] => a.map((x, i) => x - b[i]!);
const near = (actual: readonly number[], expected: readonly number[]): void =>
  void expected.forEach((x, i) => void expect(actual[i]).toBeCloseTo(x, 10));

it('begins at zero: the forecast is the network’s', () => {
  expect(forecast({ linearSkip: { trained: true } })).toEqual(forecast({}));
});

it('adds W(x − last) + b, from given weights', () => {
  near(away(forecast({ linearSkip: { trained: true } }, { start: ridge }), forecast({})), [-6 + 0.5, 2 + 0.25]);
});

it('what was not observed counts as the last value', () => {
  const mask = [0, 1, 1, 1];
  near(away(forecast({ linearSkip: { trained: false } }, { start: ridge, mask }), forecast({}, { mask })), [0.5, 2.25]);
});

it('works in the unit of the window', () => {
  const options = { windowNormalization: 'standard' } as const;
  const scale = Math.sqrt(2.1875) + 1e-6;
  const added = away(forecast({ ...options, linearSkip: { trained: true } }, { start: ridge }), forecast(options));
  near(added, [-6 + 0.5 * scale, 2 + 0.25 * scale]);
});

it.each([
  ['normal', 2, 0],
  ['studentT', 3, 1],
] as const)('of %s it moves the location alone', (scaleDecouple, outputs, location) => {
  const options = { scaleDecouple, outputs };
  const added = away(forecast({ ...options, linearSkip: { trained: true } }, { start: ridge }), forecast(options));
  const wanted = [-5.5, 2.25].flatMap((value) =>
    Array.from({ length: outputs }, (_, k) => (k === location ? value : 0)),
  );
  near(added, wanted);
});

it.each([true, false])(
  'trained: %s decides whether training may change it; files hold it either way',
  async (trained) => {
    const before = memory().tensors;
    const model = createNhits(ops, { ...size, linearSkip: { trained } }, { start: ridge });
    expect([...model.parameters.keys()].filter((name) => name.startsWith('skip.'))).toEqual(
      trained ? ['skip.weight', 'skip.bias'] : [],
    );
    const saved = await model.saveWeights();
    expect(saved['skip.weight']).toEqual(ridge['skip.weight']);
    model.dispose();
    const other = createNhits(ops, { ...size, linearSkip: { trained } }, { weightsFollow: true });
    other.loadWeights(saved);
    expect(await other.saveWeights()).toEqual(saved);
    other.dispose();
    expect(memory().tensors).toBe(before);
  },
);

it('a trained skip has gradients, a frozen one leaves the network’s as they are', () => {
  const gradients = (trained: boolean) => {
    const model = createNhits(ops, { ...size, linearSkip: { trained } }, { start: ridge });
    const window = { input: ops.tensor(input, [1, 4]) };
    const { grads } = ops.variableGrads(() => ops.sum(model.forward(window, run)), [...model.parameters.values()]);
    const read = Object.fromEntries(Object.entries(grads).map(([name, g]) => [name, Array.from(g.values)]));
    model.dispose();
    return read;
  };
  const [trained, frozen] = [gradients(true), gradients(false)];
  near(trained['skip.weight']!, [-3, -3, -1, -1, 1, 1, 0, 0]);
  near(trained['skip.bias']!, [1, 1]);
  expect(Object.keys(frozen)).not.toContain('skip.weight');
  for (const [name, values] of Object.entries(frozen)) near(trained[name]!, values);
});

it.each([
  [{ linearSkip: true }, {}, /'linearSkip': expected false, \{ trained: true \} or \{ trained: false \}, got true/],
  [{ linearSkip: { trained: 1 } }, {}, /'linearSkip'/],
  [{}, ridge, /Unexpected: skip\.weight, skip\.bias/],
  [
    { linearSkip: { trained: true } },
    { 'skip.bias': values([3], [1, 2, 3]) },
    /skip\.bias \(expected \[2\], found \[3\]\)/,
  ],
])('%j with such a start is refused, and leaves nothing behind', (options, start, message) => {
  const before = memory().tensors;
  expect(() => createNhits(ops, { ...size, ...(options as object) }, { start })).toThrow(message);
  expect(memory().tensors).toBe(before);
});
