import type { Backend } from '@nt/tensor';
import { getBackend, type Tensor } from '@tensorflow/tfjs-core';
import { createStockCpu } from './create-stock-cpu.ts';
import { type TrainingRun, trainNhits } from './train-nhits.ts';

/** The same training on tfjs's own CPU engine and on the engine under test. */
export interface ComparedCurves {
  readonly cpu: TrainingRun;
  readonly engine: TrainingRun;
  /** What tfjs said was active while the engine under test ran. */
  readonly active: string;
}

/** Trains 50 updates on either. */
export async function compareCurves(create: () => Promise<Backend<Tensor>>): Promise<ComparedCurves> {
  const cpuBackend = await createStockCpu();
  const cpu = await trainNhits(cpuBackend, 50);
  await cpuBackend.dispose();

  const backend = await create();
  const engine = await trainNhits(backend, 50);
  await backend.settle();
  const active = getBackend();
  await backend.dispose();
  return { cpu, engine, active };
}
