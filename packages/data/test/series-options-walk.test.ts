import { describe, expect, it } from 'vitest';
import {
  addCalendar,
  addStatic,
  batches,
  DataError,
  fitScaler,
  forecastWindows,
  jitter,
  magnitudeWarp,
  mixup,
  readCsv,
  readJson,
  readRows,
  readTsf,
  scaling,
  seriesFromArrays,
  splitByTime,
  timeWarp,
  walkForward,
  windowSlice,
  windows,
} from '../src/index.ts';
import { bytes, dailyCsv, ramp } from './support/bytes.ts';

const set = seriesFromArrays([{ id: 'a', start: '2020-01-01', values: ramp(60, 1) }], { frequency: 'day' });
const { train } = splitByTime(set);
const all = windows(set, { inputSize: 6, horizon: 2 });
const scaler = fitScaler(set, { kind: 'standard', ranges: train });
const csv = bytes(dailyCsv([1, 2, 3, 4]));
const rows = [1, 2, 3].map((y) => ({ ds: `2020-01-0${y}`, y }));
const tsf = bytes('@attribute series_name string\n@data\na:1,2,3\n');
const sigma = { sigma: [Number.NaN, '1', -1], probability: [2, -1, '1'] };
const readers = {
  gaps: ['fill', 1, null],
  missing: ['fill', true],
  duplicates: ['all', false],
  unsorted: ['no'],
  nonFinite: ['drop'],
  frequency: ['fortnight', 5],
  timezone: ['Mars/Olympus', 2],
};
const texts = {
  ...readers,
  timeUnit: ['h', 1],
  timeFormat: ['%Q', 7],
  target: [3],
  id: [3],
  historic: ['x', [1]],
  future: [1],
  static: ['s'],
  layout: ['across'],
};

/** A public function: how it is called with right options, and wrong values of each of them. */
type Walk = readonly [
  name: string,
  call: (options: never) => unknown,
  right: object,
  wrong: Readonly<Record<string, readonly unknown[]>>,
];

const functions: readonly Walk[] = [
  ['readCsv', (o) => readCsv(csv, o), {}, texts],
  ['readJson', (o) => readJson(bytes(JSON.stringify(rows)), o), {}, texts],
  ['readRows', (o) => readRows(rows, o), {}, texts],
  ['readTsf', (o) => readTsf(tsf, o), {}, { missing: ['fill'], nonFinite: ['drop'], frequency: ['fortnight'] }],
  ['seriesFromArrays', (o) => seriesFromArrays([{ id: 'a', values: [1, 2] }], o), {}, { ...readers, target: [3] }],
  [
    'addStatic',
    (o) => addStatic(set, [{ id: 'a', size: 1 }], o),
    { id: 'id' },
    { id: [undefined, 3], columns: ['size', [1]], levels: [3] },
  ],
  [
    'addCalendar',
    (o) => addCalendar(set, o),
    { features: ['dayOfWeek'] },
    { features: ['dayOfWeek', ['year'], undefined], encoding: ['sine'], horizon: [-1, 0.5, '7'], isHoliday: [true] },
  ],
  [
    'splitByTime',
    (o) => splitByTime(set, o),
    {},
    {
      validation: [-1, 1.5, 'soon', Number.NaN, null],
      test: [-0.1, 'x'],
      train: [0, 1.5, '9'],
      gap: [-1, 0.5],
      strict: ['yes', 1],
      inputSize: [-1, 'x'],
      horizon: [0.5, 'x'],
    },
  ],
  [
    'walkForward',
    (o) => walkForward(set, o),
    { folds: 2, testSize: 5 },
    {
      folds: [0, 1.5, undefined],
      testSize: [0, '5'],
      step: [0],
      validation: [-1],
      gap: [-1, '2'],
      mode: ['sliding'],
      trainSize: [3],
      strict: ['yes'],
    },
  ],
  [
    'windows',
    (o) => windows(set, o),
    { inputSize: 6, horizon: 2 },
    {
      inputSize: [0, 1.5, undefined],
      horizon: [0, '2'],
      stride: [0],
      last: [0, 0.5],
      strict: ['yes'],
      padInput: ['yes'],
      weights: [[1, 2], 'x', [Number.NaN], [-1]],
      minimumAvailability: [2, { inputs: 1 }, { input: 2 }],
      ranges: [{}, { starts: [0], ends: [] }, 5],
    },
  ],
  [
    'forecastWindows',
    (o) => forecastWindows(set, o),
    { inputSize: 6, horizon: 2 },
    { inputSize: [0, undefined], horizon: [0, '2'] },
  ],
  [
    'batches',
    (o) => batches(all, o),
    { batchSize: 4, seed: 1 },
    {
      batchSize: [0, 1.5, undefined],
      shuffle: ['yes', { blockSeries: 0, poolBlocks: 1 }, { blocks: 1 }],
      sampling: [{ windowsPerEpoch: 0 }, { windows: 3 }, 5],
      seed: [-1, 0.5, 'x'],
      dropLast: ['yes'],
      buffers: [-1, 'x'],
      augment: ['jitter', [5]],
    },
  ],
  [
    'fitScaler',
    (o) => fitScaler(set, o),
    { kind: 'standard', ranges: train },
    {
      kind: ['z', undefined, null],
      ranges: [undefined, {}, { starts: [], ends: [] }],
      scope: ['all'],
      covariates: ['z'],
    },
  ],
  ['scaler.transform', (o) => scaler.transform(set, o), {}, { precision: ['float16', 32] }],
  ['scaler.extend', (o) => scaler.extend(set, o), {}, { ranges: [{}, 5, { starts: [0], ends: [] }] }],
  ['jitter', (o) => jitter(o), { sigma: 1 }, sigma],
  ['scaling', (o) => scaling(o), { sigma: 1 }, sigma],
  ['magnitudeWarp', (o) => magnitudeWarp(o), { sigma: 1 }, { ...sigma, knots: [0, 1.5] }],
  ['timeWarp', (o) => timeWarp(o), { sigma: 1 }, { ...sigma, knots: [0, 'x'] }],
  ['windowSlice', (o) => windowSlice(o), { share: 0.9 }, { share: [0, 2, '1'], probability: [2] }],
  ['mixup', (o) => mixup(o), { strength: 0.2 }, { strength: [0, '1', Number.NaN], probability: [-1] }],
];

const codeOf = async (run: () => unknown): Promise<unknown> => {
  try {
    await run();
    return 'nothing was thrown';
  } catch (error) {
    return DataError.isInstance(error) ? error.code : error;
  }
};

describe.each(functions)('%s', (_, call, right, wrong) => {
  it('takes its right options', async () => {
    expect(await codeOf(() => call(right as never))).toBe('nothing was thrown');
  });

  it('refuses an option that it does not have', async () => {
    expect(await codeOf(() => call({ ...right, levle: 1 } as never))).toBe('data/bad-option');
  });

  it.each(Object.entries(wrong).flatMap(([option, values]) => values.map((value) => ({ option, value }))))(
    'refuses $option: $value',
    async ({ option, value }) => {
      // A text that is meant to be a time is a time that cannot be read.
      expect(['data/bad-option', 'data/bad-time']).toContain(
        await codeOf(() => call({ ...right, [option]: value } as never)),
      );
    },
  );
});
