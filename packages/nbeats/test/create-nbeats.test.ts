import { windowNormalizations } from '@nt/layers';
import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { createNbeats, NbeatsError, type NbeatsOptions, nbeatsConfig } from '../src/index.ts';

const { ops, memory } = createReferenceBackend();
const small: NbeatsOptions = { inputSize: 8, horizon: 4, hiddenSize: 6 };
const run = { training: false, random: { seed: 3, counter: 0 } };

it('starts from the same weights for the same seed, from others for another', async () => {
  const first = async (seed: number): Promise<number[]> => {
    const model = createNbeats(ops, small, { seed });
    const saved = await model.saveWeights();
    model.dispose();
    return Array.from(saved['blocks.0.layers.1.weight']!.data);
  };
  expect(await first(1)).toEqual(await first(1));
  expect(await first(2)).not.toEqual(await first(1));
});

it('shared weights count once; blocks of other stacks have their own', () => {
  const options: NbeatsOptions = { ...small, stackTypes: ['trend', 'seasonality'], nBlocks: [3, 2] };
  const count = (more: Partial<NbeatsOptions>): number => {
    const model = createNbeats(ops, { ...options, ...more });
    model.dispose();
    return model.numParameters;
  };
  expect(count({ sharedWeights: true })).toBe(count({ nBlocks: [1, 1] }));
  expect(count({ sharedWeights: false })).toBeGreaterThan(2 * count({ sharedWeights: true }));
});

it.each(windowNormalizations)('a wholly masked window has a finite forecast, %s', (windowNormalization) => {
  const model = createNbeats(ops, { ...small, windowNormalization });
  const window = { input: ops.tensor([1, 2, 3, 4, 5, 6, 7, 8], [1, 8]), inputMask: ops.zeros([1, 8]) };
  for (const value of model.forward(window, run).values) expect(value).toSatisfy(Number.isFinite);
  model.dispose();
});

it('refuses windows and weights that do not fit', () => {
  const model = createNbeats(ops, small);
  expect(() => model.forward({ input: ops.tensor([1, 2], [1, 2]) }, run)).toThrow(/input 'input': expected \[1,8\]/);
  expect(() => model.loadWeights({})).toThrow(/Missing: blocks\.0\.layers\.0\.weight/);
  model.dispose();
});

it.each([
  [{ ...small, inputSize: 0 }, /'inputSize': expected an integer >= 1, got 0/],
  [{ ...small, nHarmonic: 3 }, /'nHarmonic': no such option; did you mean 'nHarmonics'/],
  [{ ...small, stackTypes: ['trend', 'season'], nBlocks: [1, 1] }, /'stackTypes': expected one of identity, trend/],
  [{ ...small, nBlocks: [1] }, /'nBlocks': expected 3 integers/],
  [{ ...small, basis: 'fourier' }, /'basis': expected one of legendre/],
  [{ ...small, basis: 'spline' }, /'nBasis': expected at least 3 for a spline, got 2/],
  [{ ...small, horizon: 1 }, /'horizon': expected at least 2 for a stack of trend/],
  [{ ...small, activation: 'gelu' }, /'activation': expected one of/],
  [{ ...small, windowNormalization: 'std' }, /'windowNormalization': expected one of none, standard/],
  [{ ...small, scaleDecouple: 'poisson' }, /'scaleDecouple': expected one of none, normal/],
  [{ ...small, scaleDecouple: 'studentT', outputs: 2 }, /'outputs': studentT has 3 parameters, got 2/],
  [{ ...small, sharedWeights: 1 }, /'sharedWeights': expected true or false/],
  [
    {
      ...small,
      mlpUnits: [
        [4, 5],
        [4, 4],
      ],
    },
    /'mlpUnits': the inputs of pair 1/,
  ],
  [{ ...small, mlpUnits: [4] }, /'mlpUnits': expected a list of pairs/],
  [{ ...small, future: 1 }, /'future': N-BEATS takes no covariates; leave them out of the data, or use nhits, got 1/],
])('%j is refused when the model is built', (options, message) => {
  const before = memory().tensors;
  const build = (): unknown => createNbeats(ops, options as unknown as NbeatsOptions);
  expect(build).toThrow(message);
  expect(memory().tensors).toBe(before);
  try {
    build();
  } catch (error) {
    expect(NbeatsError.isInstance(error) && error.code).toBe('nbeats/option');
  }
});

it('fills in neuralforecast’s defaults', () => {
  expect(nbeatsConfig({ inputSize: 8, horizon: 4 })).toMatchObject({ hiddenSize: 512, nBasis: 2, nHarmonics: 2 });
});
