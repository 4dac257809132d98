import type { Backend, BackendDescription } from '@nt/tensor';
import { createTfjsBackend } from '@nt/tensor/tfjs';
import { version_cpu } from '@tensorflow/tfjs-backend-cpu';
import { getBackend, type Tensor } from '@tensorflow/tfjs-core';
import { type TrainingRun, trainNhits } from './train-nhits.ts';

/** The same training on tfjs's own CPU engine and on the engine under test. */
export interface ComparedCurves {
  readonly cpu: TrainingRun;
  readonly engine: TrainingRun;
  readonly description: BackendDescription;
  /** What tfjs said was active while the engine under test ran. */
  readonly active: string;
  readonly seconds: number;
}

/** Trains 50 updates on either. */
export async function compareCurves(create: () => Promise<Backend<Tensor>>): Promise<ComparedCurves> {
  const cpuBackend = await createTfjsBackend({
    name: 'cpu',
    tfjsName: 'cpu',
    describe: () => ({ engine: version_cpu, device: 'cpu', kernelSet: 'js', floatWidth: 32, limitations: [] }),
  });
  const cpu = await trainNhits(cpuBackend, 50);
  await cpuBackend.dispose();

  const backend = await create();
  const begin = performance.now();
  const engine = await trainNhits(backend, 50);
  await backend.settle();
  const seconds = (performance.now() - begin) / 1000;
  const [description, active] = [await backend.describe(), getBackend()];
  await backend.dispose();
  return { cpu, engine, description, active, seconds };
}
