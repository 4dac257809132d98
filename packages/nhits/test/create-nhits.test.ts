import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { planBlocks } from '../src/block-plan.ts';
import { createNhits, NhitsError, type NhitsOptions } from '../src/index.ts';
import { nhitsConfig } from '../src/nhits-config.ts';

const { ops, memory } = createReferenceBackend();
const small: NhitsOptions = { inputSize: 8, horizon: 4, hiddenSize: 6 };
const random = { seed: 3, counter: 0 };

function countParameters(options: NhitsOptions): number {
  const layers = planBlocks(nhitsConfig(options)).flatMap((block) => block.layers);
  return layers.reduce((total, layer) => total + (layer.inputs + 1) * layer.outputs, 0);
}

it.each([
  [{ inputSize: 168, horizon: 24 }, 2_817_570],
  [{ inputSize: 168, horizon: 24, variant: 'paper' }, 1_241_634],
  [{ inputSize: 168, horizon: 24, outputs: 5 }, 2_903_754],
  [{ inputSize: 168, horizon: 24, future: 2, historic: 1, static: 2 }, 3_385_890],
  [{ inputSize: 24, horizon: 12 }, 2_437_725],
  [
    { inputSize: 480, horizon: 96, nPoolKernelSize: [2, 2, 2], nFreqDownsample: [24, 12, 1], variant: 'paper' },
    1_952_268,
  ],
  [
    { inputSize: 3600, horizon: 720, nPoolKernelSize: [16, 8, 1], nFreqDownsample: [180, 60, 1], variant: 'paper' },
    8_896_272,
  ],
] satisfies [NhitsOptions, number][])('%j has the published number of parameters', (options, parameters) => {
  expect(countParameters(options)).toBe(parameters);
});

it('builds what it planned', () => {
  const model = createNhits(ops, small);
  expect(model.numParameters).toBe(countParameters(small));
  model.dispose();
  expect(memory().tensors).toBe(0);
});

it('starts from the same weights for the same seed, from others for another, all within ±1/√inputs', async () => {
  const weights = async (seed: number): Promise<number[]> => {
    const model = createNhits(ops, small, { seed });
    const saved = await model.saveWeights();
    model.dispose();
    return Array.from(saved['blocks.0.layers.1.weight']!.data);
  };
  const first = await weights(1);
  expect(await weights(1)).toEqual(first);
  expect(await weights(2)).not.toEqual(first);
  expect(Math.max(...first.map(Math.abs))).toBeLessThanOrEqual(1 / Math.sqrt(6));
  expect(new Set(first).size).toBe(first.length);
});

it('draws none when weights follow, and then holds those', async () => {
  const [model, other] = [
    createNhits(ops, small, { scope: 'a' }),
    createNhits(ops, small, { scope: 'b', weightsFollow: true }),
  ];
  const weights = await model.saveWeights();
  const values = async (): Promise<number[]> =>
    Object.values(await other.saveWeights()).flatMap(({ data }) => [...data]);
  expect(new Set(await values())).toEqual(new Set([0]));
  other.loadWeights(weights);
  expect(await other.saveWeights()).toEqual(weights);
  model.dispose();
  other.dispose();
});

it.each([1, 3, 128, 129, 300])('the dropout masks of %i blocks have keys of their own, from pass to pass', (blocks) => {
  const keys: number[] = [];
  const watched: typeof ops = {
    ...ops,
    randomUniform: (shape, key) => {
      keys.push((typeof key === 'function' ? key() : key).counter);
      return ops.randomUniform(shape, key);
    },
  };
  const options: NhitsOptions = { inputSize: 2, horizon: 1, hiddenSize: 1, nBlocks: [blocks], nPoolKernelSize: [1] };
  const model = createNhits(watched, { ...options, nFreqDownsample: [1], dropoutProbTheta: 0.5 });
  const window = { input: ops.tensor([1, 2], [1, 2]) };
  for (let counter = 0; counter < 3; counter++) {
    ops.dispose(ops.tidy(() => model.forward(window, { training: true, random: { seed: 3, counter } })));
  }
  expect(keys).toHaveLength(3 * 3 * blocks);
  expect(new Set(keys).size).toBe(keys.length);
  model.dispose();
  ops.dispose(window.input);
});

it('forecasts the last observed value when all weights are zero', async () => {
  const model = createNhits(ops, small);
  const zeros = Object.entries(await model.saveWeights()).map(([name, a]) => [
    name,
    { ...a, data: new Float64Array(a.data.length) },
  ]);
  model.loadWeights(Object.fromEntries(zeros));
  const input = ops.tensor([1, 2, 3, 4, 5, 6, 7, 8.5], [1, 8]);
  const forecast = ops.tidy(() => model.forward({ input }, { training: false, random }));
  expect(Array.from(forecast.values)).toEqual([8.5, 8.5, 8.5, 8.5]);
  model.dispose();
});

it('drops hidden values only while training, the same ones for the same key', () => {
  const model = createNhits(ops, { ...small, dropoutProbTheta: 0.5 });
  const input = ops.tensor([1, -2, 3, -4, 5, -6, 7, 8], [1, 8]);
  const forecast = (training: boolean, counter: number): number[] =>
    ops.tidy(() => Array.from(model.forward({ input }, { training, random: { seed: 3, counter } }).values));
  expect(forecast(true, 0)).toEqual(forecast(true, 0));
  expect(forecast(true, 0)).not.toEqual(forecast(true, 1));
  expect(forecast(true, 0)).not.toEqual(forecast(false, 0));
  expect(forecast(false, 0)).toEqual(forecast(false, 1));
  model.dispose();
});

it('lets two models live at once under different scopes', () => {
  const a = createNhits(ops, small, { scope: 'a.' });
  const b = createNhits(ops, small, { scope: 'b.' });
  expect([...a.parameters.keys()]).toEqual([...b.parameters.keys()]);
  expect(() => createNhits(ops, small, { scope: 'a.' })).toThrow(/alive/);
  a.dispose();
  b.dispose();
});

it.each([
  [{ inputSize: 0, horizon: 4 }, /'inputSize': expected an integer >= 1, got 0/],
  [{ inputSize: 8, horizon: 4, hidenSize: 3 }, /'hidenSize': no such option; did you mean 'hiddenSize'/],
  [{ inputSize: 8, horizon: 4, variant: 'darts' }, /'variant': expected one of neuralforecast, paper, got "darts"/],
  [{ inputSize: 8, horizon: 4, nPoolKernelSize: [2] }, /expected 3 integers, one for each stack/],
  [{ inputSize: 8, horizon: 4, windowNormalization: 'std' }, /'windowNormalization': expected one of none, standard/],
  [{ inputSize: 8, horizon: 4, scaleDecouple: 'poisson' }, /'scaleDecouple': expected one of none, normal/],
  [{ inputSize: 8, horizon: 4, scaleDecouple: 'studentT', outputs: 2 }, /'outputs': studentT has 3 parameters, got 2/],
  [{ inputSize: 8, horizon: 4, recompute: 1 }, /'recompute': expected true or false, got 1/],
  [{ inputSize: 8, horizon: 4, excludeInsampleY: 'yes' }, /'excludeInsampleY': expected true or false/],
  [{ inputSize: 8, horizon: 4, mlpUnits: [4, 4] }, /'mlpUnits': expected a list of pairs \[inputs, outputs\]/],
  [{ inputSize: 8, horizon: 4, mlpUnits: [] }, /'mlpUnits': expected a list of pairs/],
  [{ inputSize: 8, horizon: 4, mlpUnits: [[4, 0]] }, /'mlpUnits': expected an integer >= 1, got 0/],
  [
    {
      inputSize: 8,
      horizon: 4,
      mlpUnits: [
        [4, 5],
        [4, 4],
      ],
    },
    /the inputs of pair 1 must be the outputs of the pair before/,
  ],
  [{ inputSize: 8, horizon: 4, variant: 'paper', mlpUnits: [[4, 4]] }, /only for the variant 'neuralforecast'/],
  [{ inputSize: 8, horizon: 4, dropoutProbTheta: 1 }, /probability in \[0, 1\)/],
])('%j is refused when the model is built', (options, message) => {
  const build = (): unknown => createNhits(ops, options as NhitsOptions);
  expect(build).toThrow(message);
  try {
    build();
  } catch (error) {
    expect(NhitsError.isInstance(error) && error.code).toBe('nhits/option');
  }
});

it('names every weight that is missing, unexpected or misshapen', async () => {
  const model = createNhits(ops, small);
  const { 'blocks.0.layers.0.bias': _, ...rest } = await model.saveWeights();
  const arrays = {
    ...rest,
    other: rest['blocks.0.layers.1.bias']!,
    'blocks.1.layers.0.bias': { shape: [1], dtype: 'float64', data: new Float64Array(1) },
  };
  expect(() => model.loadWeights(arrays)).toThrow(
    /Missing: blocks\.0\.layers\.0\.bias\. Unexpected: other\. Other shape: blocks\.1\.layers\.0\.bias \(expected \[6\], found \[1\]\)/,
  );
  model.dispose();
});

it('refuses windows that do not fit', () => {
  const model = createNhits(ops, small);
  const input = ops.tensor([1, 2, 3], [1, 3]);
  expect(() => model.forward({ input }, { training: false, random })).toThrow(/'input': expected \[1,8\], got \[1,3\]/);
  model.dispose();
});
