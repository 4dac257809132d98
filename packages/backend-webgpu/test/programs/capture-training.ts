import { waveBatches } from '@nt/engine-tests/programs';
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

/** All that is logged of each update, by itself and with recordings, and what the sites report. */
async function both(
  engine: Backend<Tensor>,
  options: Parameters<typeof trainNhits<Tensor>>[2],
): Promise<{ eager: unknown[]; captured: unknown[]; reports: CaptureReport[] }> {
  const sites: { report(): CaptureReport }[] = [];
  const captureSite: Backend<Tensor>['captureSite'] = () => {
    const site = engine.captureSite!();
    sites.push(site);
    return site;
  };
  let reports: CaptureReport[] = [];
  const logged = async (capture: 'auto' | false): Promise<unknown[]> => {
    const all: unknown[] = [];
    const loggers = [{ log: (scalars: object) => void all.push(scalars) }];
    await trainNhits({ ...engine, captureSite }, run, { ...options, loggers, capture }, () => {
      reports = sites.map((site) => site.report());
    });
    return all;
  };
  return { eager: await logged(false), captured: await logged('auto'), reports };
}

const averaging = exponentialMovingAverage({ decay: 0.9 });
const result = {
  'dropout, clipping, micro-batches, averaged weights, validation': await both(backend, {
    validation: { batches: () => waveBatches({ ...network, batch: 8 }, 4), everyUpdates: 4 },
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
