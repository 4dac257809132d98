import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCpuBackend } from '@nt/backend-cpu';
import { splitByTime, timeAt, windows } from '@nt/data';
import { fitRidge } from '@nt/linear';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictorCases } from '../src/conformance/index.ts';
import {
  backtest,
  conformal,
  drift,
  ensemble,
  fromModelFiles,
  mean,
  naive,
  type Predictor,
  ridgePredictor,
  rulePredictor,
  seasonalNaive,
  toModelFiles,
  windowAverage,
} from '../src/index.ts';
import { loadModelFolder, saveModelFolder } from '../src/node/index.ts';
import { fitQuickly } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

let backend: Backend<Tensor>;
const made = new Map<string, Predictor>();
beforeAll(async () => {
  backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
  const fit = fitQuickly(backend);
  made.set('nhits', await fit({ maxEpochs: 1 }));
  made.set('nhits with a calendar', await fit({ maxEpochs: 1 }, { calendar: ['dayOfWeek'] }));
  made.set('nhits with quantiles', await fit({ maxEpochs: 1, loss: 'quantile' }));
  const prevented = { name: 'quantile', quantiles: [0.1, 0.5, 0.9], crossing: 'prevent' } as const;
  made.set('nhits with quantiles that cannot cross', await fit({ maxEpochs: 1, loss: prevented }));
  made.set('nhits with a Normal distribution', await fit({ maxEpochs: 1, loss: 'normal' }));
  made.set("nhits with Student's t", await fit({ maxEpochs: 1, loss: 'studentT' }));
  const set = madeSeries();
  const calibration = windows(set, { inputSize: 21, horizon: 7, last: 40 });
  made.set('conformal, scaled', await conformal(await fit({ maxEpochs: 1 }), calibration));
  made.set('conformal, split', await conformal(seasonalNaive(7, 7), calibration, { method: 'split' }));
  const quantiles = await fit({ maxEpochs: 1, loss: 'quantile' });
  made.set('conformal, quantiles', await conformal(quantiles, calibration, { method: 'quantiles' }));
  made.set('an ensemble', ensemble([naive(7), await fit({ maxEpochs: 1 }), drift(7)], { combine: 'median' }));
  const weighed = ensemble([await fit({ maxEpochs: 1 }), mean(7)], { weights: [2, 1], method: 'two thirds' });
  made.set('a calibrated ensemble with weights', await conformal(weighed, calibration));
  const split = splitByTime(set, { validation: 0.2, test: 0.2 });
  made.set('ridge', ridgePredictor(await fitRidge(set, split, { horizon: 7 })));
  made.set('naive', naive(7));
  made.set('seasonal naive', seasonalNaive(7, 7));
  made.set('drift', drift(7));
  made.set('mean', mean(7));
  made.set('window average', windowAverage(7, 14));
});
afterAll(async () => {
  for (const predictor of made.values()) predictor.dispose();
  await backend.dispose();
});

const reload = async (predictor: Predictor): Promise<Predictor> =>
  fromModelFiles(backend, await toModelFiles(predictor));

describe.each([
  'nhits',
  'nhits with a calendar',
  'nhits with quantiles',
  'nhits with quantiles that cannot cross',
  'nhits with a Normal distribution',
  "nhits with Student's t",
  'conformal, scaled',
  'conformal, split',
  'conformal, quantiles',
  'an ensemble',
  'a calibrated ensemble with weights',
  'ridge',
  'naive',
  'seasonal naive',
  'drift',
  'mean',
  'window average',
])('%s', (name) => {
  it.each(predictorCases)('$name', async ({ run }) => {
    await run({ predictor: made.get(name)!, set: madeSeries(), reload });
  });
});

it.each(['nhits', 'conformal, split', 'a calibrated ensemble with weights', 'ridge', 'naive'])(
  '%s is refused when any file of it was altered or a member is gone',
  async (name) => {
    const files = await toModelFiles(made.get(name)!);
    for (const [path, bytes] of Object.entries(files)) {
      const altered = bytes.slice();
      // A digit of a number, so that a file is as well formed as before.
      const place = path.endsWith('.safetensors') ? bytes.length - 1 : bytes.lastIndexOf(0x31);
      altered[place] = altered[place]! ^ 1;
      const refusal = fromModelFiles(backend, { ...files, [path]: altered });
      await expect(refusal, path).rejects.toMatchObject({ code: 'forecast/model-file' });
      if (!/(config.json|model.safetensors)$/.test(path)) continue;
      const { [path]: _, ...rest } = files;
      await expect(fromModelFiles(backend, rest), path).rejects.toThrow(`${path}: the file is missing`);
    }
  },
);

it('a folder holds members in folders of their own; a smaller predictor leaves none of them behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nt-kinds-'));
  const big = made.get('a calibrated ensemble with weights')!;
  await saveModelFolder(big, folder);
  expect(readdirSync(folder, { recursive: true })).toContain(join('members', '0', 'members', '1', 'config.json'));
  const copy = await loadModelFolder(backend, folder);
  expect(await copy.predict(madeSeries())).toEqual(await big.predict(madeSeries()));
  copy.dispose();
  await saveModelFolder(naive(7), folder);
  expect(readdirSync(folder)).toEqual(['config.json']);
  expect((await loadModelFolder(backend, folder)).method).toBe('naive');
  rmSync(folder, { recursive: true });
});

it('a rule of one’s own cannot be written down, alone or in an ensemble', async () => {
  const own = rulePredictor('own', 7, () => Array(7).fill(1));
  for (const predictor of [own, ensemble([naive(7), own])])
    await expect(toModelFiles(predictor)).rejects.toMatchObject({ code: 'forecast/cannot-save' });
});

describe('the training data of', () => {
  const set = madeSeries();
  const calibration = windows(set, { inputSize: 21, horizon: 7, last: 3 });
  const end = timeAt(set, 0, 160);

  it('a wrapper reach to the later of its calibration and its members', async () => {
    const before = made.get('nhits')!.trainedOn!;
    const wrapped = await conformal(ensemble([naive(7), made.get('nhits')!]), calibration, { method: 'split' });
    expect(before.seenUntil['a']).toBeLessThan(end);
    expect(wrapped.trainedOn).toMatchObject({ seenUntil: { a: end, b: end }, reading: before.reading });
    expect(ensemble([naive(7), made.get('nhits')!]).trainedOn!.seenUntil).toEqual(before.seenUntil);
    expect([naive(7).trainedOn, ensemble([naive(7)]).trainedOn]).toEqual([undefined, undefined]);
  });

  it.each([
    ['a calibrated rule', async () => conformal(naive(7), calibration)],
    ['a calibrated network', async () => conformal(made.get('nhits')!, calibration)],
    ['an ensemble', async () => ensemble([naive(7), made.get('nhits')!])],
    ['a ridge', async () => made.get('ridge')!],
  ] as const)('%s keep it from being judged on them', async (_, make) => {
    const predictor = await make();
    await expect(backtest(predictor, set, { folds: 2, testSize: 60 })).rejects.toMatchObject({
      code: 'forecast/no-windows',
    });
  });
});

describe('the cases find', () => {
  const set = madeSeries();
  const failing = async (predictor: Predictor): Promise<string[]> => {
    const names: string[] = [];
    for (const { name, run } of predictorCases) await run({ predictor, set, reload }).catch(() => names.push(name));
    return names;
  };

  it('one that looks ahead', async () => {
    const ahead = rulePredictor('oracle', 7, ({ values, offsets, lengths }, series, origin) => {
      const at = Math.min(origin, lengths[series]! - 1);
      return Array(7).fill(values[offsets[series]! + at]);
    });
    expect(await failing(ahead)).toEqual(['sees nothing at or behind the origin of a window']);
  });

  it('one that changes its mind, one that gives too little, one that changes the data, one that forgets, one that says too much', async () => {
    const conformalNaive = await conformal(naive(7), windows(set, { inputSize: 21, horizon: 7, last: 40 }));
    let calls = 0;
    const moody = rulePredictor('moody', 7, () => Array(7).fill(calls++));
    expect(await failing(moody)).toContain('gives the same bits for the same data');
    const short: Predictor = {
      ...naive(7),
      predictWindows: async () => ({ point: new Float64Array(3), quantiles: [] }),
    };
    expect(await failing(short)).toContain('gives a finite number for each step of each window');
    const careless = rulePredictor('careless', 7, ({ values }) => {
      values[0] = (values[0] ?? 0) + 1;
      return Array(7).fill(1);
    });
    expect(await failing(careless)).toContain('leaves the data as they are');
    const forgetful: Predictor = { ...conformalNaive, saving: naive(7).saving };
    expect(await failing(forgetful)).toEqual(['comes back from its files with the same bits']);
    const boaster: Predictor = { ...naive(7), quantiles: [0.5] };
    expect(await failing(boaster)).toContain('gives the quantiles that it says it can, in order, and refuses others');
  });
});
