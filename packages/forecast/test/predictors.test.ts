import { createCpuBackend } from '@nt/backend-cpu';
import { splitByTime, windows } from '@nt/data';
import { fitRidge } from '@nt/linear';
import type { Backend, Tensor } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictorCases } from '../src/conformance/index.ts';
import {
  conformal,
  drift,
  ensemble,
  mean,
  naive,
  type Predictor,
  ridgePredictor,
  rulePredictor,
  seasonalNaive,
  windowAverage,
} from '../src/index.ts';
import { fitQuickly } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

let backend: Backend<Tensor>;
const made = new Map<string, Predictor>();
beforeAll(async () => {
  backend = (await createCpuBackend()) as unknown as Backend<Tensor>;
  const fit = fitQuickly(backend);
  made.set('nhits', await fit({ maxEpochs: 1 }));
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

describe.each([
  'nhits',
  'nhits with quantiles',
  'nhits with quantiles that cannot cross',
  'nhits with a Normal distribution',
  "nhits with Student's t",
  'conformal, scaled',
  'conformal, split',
  'conformal, quantiles',
  'an ensemble',
  'ridge',
  'naive',
  'seasonal naive',
  'drift',
  'mean',
  'window average',
])('%s', (name) => {
  it.each(predictorCases)('$name', async ({ run }) => {
    await run({ predictor: made.get(name)!, set: madeSeries() });
  });
});

describe('the cases find', () => {
  const set = madeSeries();
  const failing = async (predictor: Predictor): Promise<string[]> => {
    const names: string[] = [];
    for (const { name, run } of predictorCases) await run({ predictor, set }).catch(() => names.push(name));
    return names;
  };

  it('one that looks ahead', async () => {
    const ahead = rulePredictor('oracle', 7, ({ values, offsets, lengths }, series, origin) => {
      const at = Math.min(origin, lengths[series]! - 1);
      return Array(7).fill(values[offsets[series]! + at]);
    });
    expect(await failing(ahead)).toEqual(['sees nothing at or behind the origin of a window']);
  });

  it('one that changes its mind, one that gives too little, one that changes the data, one that says too much', async () => {
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
    const boaster: Predictor = { ...naive(7), quantiles: [0.5] };
    expect(await failing(boaster)).toContain('gives the quantiles that it says it can, in order, and refuses others');
  });
});
