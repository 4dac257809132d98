import { describe, expect, it } from 'vitest';
import {
  type BatchesOptions,
  batches,
  forecastWindows,
  jitter,
  type SeriesSet,
  seriesFromArrays,
  splitByTime,
  walkForward,
  windows,
} from '../src/index.ts';
import { errorOf, ramp } from './support/bytes.ts';

const days = seriesFromArrays([{ id: 'a', start: '2020-01-01', values: ramp(40) }], { frequency: 'day' });
const rows = seriesFromArrays([{ id: 'a', values: ramp(40) }]);
const split = (options: object, set: SeriesSet = days) => splitByTime(set, options as never);
const walk = (options: object) => walkForward(days, { folds: 2, testSize: 4, ...options } as never);
const cut = (options: object) => windows(days, { inputSize: 4, horizon: 2, ...options } as never);
const batch = (options: object) => batches(cut({}), { batchSize: 5, seed: 1, ...options } as BatchesOptions);
const range = (count: number) => new Float64Array(count);

describe('a wrong option is refused by its name', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['split: an unknown one', () => split({ tset: 0.1 }), /'tset'; did you mean 'test'/],
    ['split: no options object', () => split('0.1' as never), /options/],
    ['split: a part below 0', () => split({ validation: -1 }), /validation must be/],
    ['split: a part of 1.5 steps', () => split({ test: 1.5 }), /test must be/],
    ['split: a part that is NaN', () => split({ test: Number.NaN }), /test must be/],
    ['split: a part that is no date', () => split({ test: 'soon' }), /'?soon'?/],
    ['split: a validation part that is no date', () => split({ validation: 'soon' }), /validation/],
    ['split: a part of true', () => split({ test: true }), /test must be/],
    ['split: a date without times', () => split({ test: '2020-01-20' }, rows), /no time column/],
    ['split: a gap below 0', () => split({ test: 4, gap: -1 }), /gap must be/],
    ['split: strict as a text', () => split({ strict: 'yes' }), /strict must be/],
    ['split: inputSize 0', () => split({ inputSize: 0 }), /inputSize must be a whole number of at least 1/],
    ['split: horizon 0', () => split({ horizon: 0 }), /horizon must be a whole number of at least 1/],
    ['split: train 0', () => split({ train: 0 }), /train must be a whole number of at least 1/],
    ['split: parts of all', () => split({ validation: 0.5, test: 0.5 }), /validation \+ test must be below 1/],
    ['walk: an unknown one', () => walk({ fold: 3 }), /'fold'; did you mean 'folds'/],
    ['walk: no fold', () => walk({ folds: 0 }), /folds must be a whole number of at least 1/],
    ['walk: an empty test part', () => walk({ testSize: 0 }), /testSize must be a whole number of at least 1/],
    ['walk: a step of 0', () => walk({ step: 0 }), /step must be a whole number of at least 1/],
    ['walk: a validation below 0', () => walk({ validation: -1 }), /validation must be/],
    ['walk: a gap of half a step', () => walk({ gap: 0.5 }), /gap must be/],
    ['walk: strict as a number', () => walk({ strict: 1 }), /strict must be/],
    ['walk: an unknown mode', () => walk({ mode: 'sliding' }), /mode must be one of 'expanding', 'rolling'/],
    ['walk: rolling without a size', () => walk({ mode: 'rolling' }), /trainSize must be a whole number of at least 1/],
    ['walk: rolling of 0 steps', () => walk({ mode: 'rolling', trainSize: 0 }), /trainSize must be/],
    ['walk: a size that grows', () => walk({ trainSize: 5 }), /trainSize must be left out unless mode is 'rolling'/],
    [
      'walk: a purge of all',
      () => walk({ mode: 'rolling', trainSize: 3, gap: 2, purge: 5 }),
      /purge must be below 5, so that some training/,
    ],
    [
      'walk: a purge of all validation',
      () => walk({ validation: 2, gap: 1, purge: 3 }),
      /purge must be below 3, so that some validation/,
    ],
    ['windows: an unknown one', () => cut({ horizn: 3 }), /'horizn'; did you mean 'horizon'/],
    ['windows: inputSize 0', () => cut({ inputSize: 0 }), /inputSize must be/],
    ['windows: horizon 0', () => cut({ horizon: 0 }), /horizon must be/],
    ['windows: stride 0', () => cut({ stride: 0 }), /stride must be/],
    ['windows: last 0', () => cut({ last: 0 }), /last must be/],
    ['windows: partialTargets as a text', () => cut({ partialTargets: 'no' }), /partialTargets must be/],
    ['windows: padInput as a text', () => cut({ padInput: 'no' }), /padInput must be/],
    ['windows: padded and strict', () => cut({ padInput: true, strict: true }), /padInput must be false when strict/],
    ['windows: a share above 1', () => cut({ minimumAvailability: { input: 1.1 } }), /minimumAvailability.input/],
    ['windows: a share below 0', () => cut({ minimumAvailability: { target: -0.1 } }), /minimumAvailability.target/],
    ['windows: a share of what', () => cut({ minimumAvailability: { inputs: 1 } }), /'inputs'; did you mean 'input'/],
    ['windows: a share for both', () => cut({ minimumAvailability: 0.5 }), /minimumAvailability must be shares/],
    ['windows: too many weights', () => cut({ weights: [1, 2] }), /one number for each of 1 series, found 2/],
    ['windows: a weight below 0', () => cut({ weights: [-1] }), /numbers of at least 0, found -1/],
    ['windows: an endless weight', () => cut({ weights: [Number.POSITIVE_INFINITY] }), /numbers of at least 0/],
    ['windows: ranges of nothing', () => cut({ ranges: null }), /ranges must be a part of a split of this set/],
    ['windows: ranges without an end', () => cut({ ranges: { starts: range(1) } }), /part of a split/],
    ['windows: ranges without a start', () => cut({ ranges: { ends: range(1) } }), /part of a split/],
    ['windows: ranges of numbers', () => cut({ ranges: { starts: 0, ends: 9 } }), /part of a split/],
    ['windows: ranges with an end of null', () => cut({ ranges: { starts: range(1), ends: null } }), /part of a split/],
    ['windows: ranges of two series', () => cut({ ranges: { starts: range(2), ends: range(2) } }), /\(1 series\)/],
    [
      'forecast: an unknown one',
      () => forecastWindows(days, { inputSize: 1, horizon: 1, stride: 1 } as never),
      /stride/,
    ],
    ['forecast: inputSize 0', () => forecastWindows(days, { inputSize: 0, horizon: 1 }), /inputSize must be/],
    ['forecast: horizon 0', () => forecastWindows(days, { inputSize: 1, horizon: 0 }), /horizon must be/],
    ['batches: buffers below 0', () => batch({ buffers: -1 }), /buffers must be/],
    ['batches: a seed below 0', () => batch({ seed: -1 }), /seed must be/],
    ['batches: shuffle as a text', () => batch({ shuffle: 'yes' }), /shuffle must be/],
    ['batches: dropLast as a number', () => batch({ dropLast: 1 }), /dropLast must be/],
    ['batches: augment as a name', () => batch({ augment: 'jitter' }), /augment must be a list of augmentations/],
    ['batches: augment of nothing', () => batch({ augment: [null] }), /augment must be a list of augmentations/],
    ['batches: augment of names', () => batch({ augment: ['jitter'] }), /augment must be a list of augmentations/],
    [
      'batches: augment without a seed',
      () => batch({ seed: undefined, augment: [jitter({ sigma: 0.1 })] }),
      /whole number with augment/,
    ],
    [
      'batches: samples without a seed',
      () => batch({ seed: undefined, sampling: { windowsPerEpoch: 2 } }),
      /with sampling/,
    ],
    ['batches: no samples', () => batch({ sampling: { windowsPerEpoch: 0 } }), /windowsPerEpoch must be/],
    [
      'batches: replacement as a text',
      () => batch({ sampling: { windowsPerEpoch: 2, replacement: 'a' } }),
      /replacement/,
    ],
    [
      'batches: an unknown balance',
      () => batch({ sampling: { windowsPerEpoch: 2, balance: 'ids' } }),
      /balance must be/,
    ],
    ['batches: an unknown part of samples', () => batch({ sampling: { windows: 2 } }), /windows/],
    ['batches: blocks of nothing', () => batch({ shuffle: { blockSeries: 0, poolBlocks: 1 } }), /blockSeries must be/],
    ['batches: no blocks', () => batch({ shuffle: { blockSeries: 1, poolBlocks: 0 } }), /poolBlocks must be/],
    ['batches: an unknown part of blocks', () => batch({ shuffle: { blockSeries: 1, pools: 1 } }), /pools/],
  ])('%s', async (_, call, said) => {
    const error = await errorOf(call);
    expect(error.code).toMatch(/^data\/(bad-option|bad-time)$/);
    expect(error.message).toMatch(said);
  });
});

describe('the least and the most that there is may be asked for', () => {
  it.each<[string, () => unknown]>([
    ['split: nothing, by number', () => split({ validation: 0, test: 0, gap: 0, inputSize: 1, horizon: 1 })],
    ['split: one step and a half of all', () => split({ validation: 1, test: 0.5 })],
    ['split: half of all and one step', () => split({ validation: 0.5, test: 1 })],
    ['split: one training step', () => split({ train: 1 })],
    ['walk: one of each', () => walk({ folds: 1, testSize: 1, step: 1, validation: 0, gap: 0, purge: 0, embargo: 0 })],
    ['walk: rolling one step', () => walk({ mode: 'rolling', trainSize: 1 })],
    ['walk: a purge that leaves one', () => walk({ mode: 'rolling', trainSize: 3, gap: 2, purge: 4 })],
    ['walk: a purge that leaves one to validate', () => walk({ validation: 2, gap: 1, purge: 2 })],
    ['walk: a purge without validation', () => walk({ purge: 3 })],
    ['windows: one step each', () => cut({ inputSize: 1, horizon: 1, stride: 1, last: 1, weights: [0] })],
    ['windows: all or nothing available', () => cut({ minimumAvailability: { input: 0, target: 1 } })],
    ['windows: ranges as lists', () => cut({ ranges: { starts: [0], ends: [20] } })],
    ['forecast: one step each', () => forecastWindows(days, { inputSize: 1, horizon: 1 })],
    ['batches: the least', () => batch({ batchSize: 1, seed: 0, buffers: 0, sampling: { windowsPerEpoch: 1 } })],
    ['batches: all windows as samples', () => batch({ sampling: { windowsPerEpoch: 35 } })],
    ['batches: one full batch', () => batch({ batchSize: 35, dropLast: true })],
    ['batches: blocks of one', () => batch({ shuffle: { blockSeries: 1, poolBlocks: 1 } })],
    ['batches: no seed, as nothing is random', () => batch({ seed: undefined, shuffle: false, augment: [] })],
  ])('%s', (_, call) => {
    expect(call).not.toThrow();
  });
});
