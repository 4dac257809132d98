import { exponentialMovingAverage } from '@nt/optim';
import type { Backend, CaptureReport } from '@nt/tensor';
import type { Tensor } from '@tensorflow/tfjs-core';
import { smallNetwork, trainNhits } from '../../bench/train-nhits.ts';
import { createWebgpuBackend } from '../../src/index.ts';
import { halfEngine } from '../half/half-engine.ts';

const updates = Number(process.argv[2]);
const network = { ...smallNetwork, dropoutProbTheta: 0.2 };
const run = { network, batch: 8, updates, logEvery: 1, distinct: 3 } as const;

const backend: Backend<Tensor> = await createWebgpuBackend({ allowSoftware: true });

/** Losses of each update, by themselves and with recordings, and what the sites report. */
async function both(
  engine: Backend<Tensor>,
  options: Parameters<typeof trainNhits<Tensor>>[2],
): Promise<{ eager: number[]; captured: number[]; reports: CaptureReport[] }> {
  const sites: { report(): CaptureReport }[] = [];
  const captureSite: Backend<Tensor>['captureSite'] = () => {
    const site = engine.captureSite!();
    sites.push(site);
    return site;
  };
  let reports: CaptureReport[] = [];
  const eager = await trainNhits(engine, run, options);
  const captured = await trainNhits({ ...engine, captureSite }, run, { ...options, capture: 'auto' }, () => {
    reports = sites.map((site) => site.report());
  });
  return { eager, captured, reports };
}

const averaging = exponentialMovingAverage({ decay: 0.9 });
const result = {
  'dropout, clipping, micro-batches, averaged weights': await both(backend, {
    averaging,
    gradientClipValue: 0.5,
    accumulate: 2,
    nanPolicy: 'skip',
  }),
  // Its shaders take long to compile; `half.ts` repeats updates with a scale that stays.
  ...(updates > 50 && {
    'mixed float16 with a scale that changes': await both(halfEngine(backend, 'quantized'), {
      precision: 'mixed-float16',
      lossScaling: { initialScale: 2 ** 24, growthInterval: 20 },
    }),
  }),
};
await backend.dispose();
console.log(JSON.stringify(result));
