import type { FitPlan } from '@nt/forecast';
import type { BackendDescription } from '@nt/tensor';
import { whole } from './numbers.ts';
import type { Terminal } from './terminal.ts';

const named = 5;

type EngineTold = Pick<BackendDescription, 'engine' | 'kernelSet' | 'precision'>;

/** Which kernels compute, and in what where that is not float32. */
export const kernelsOf = ({ kernelSet, precision }: Omit<EngineTold, 'engine'>): string =>
  precision === undefined ? kernelSet : `${kernelSet}, ${precision}`;

/** Says what a training is going to be: windows, series that have none, and what computes. */
export function tellPlan(terminal: Terminal, plan: FitPlan, engine: EngineTold): void {
  terminal.line(
    `windows: ${whole(plan.trainWindows)} to train on, then ${whole(plan.validationWindows)} to decide when to stop, then ${whole(plan.testWindows)} to judge by; at most ${whole(plan.maxUpdates)} updates`,
  );
  for (const line of seriesWithoutWindows(plan)) terminal.line(line);
  terminal.line(`engine: ${engine.engine} (${kernelsOf(engine)})`);
}

/** Which of several series are too short for a training window: nothing is learned from them. */
function seriesWithoutWindows({ set, split, forecaster }: FitPlan): string[] {
  const needed = forecaster.inputSize + forecaster.horizon;
  const { ends } = split.train;
  const short = set.ids.flatMap((id, series) => (ends[series]! < needed ? [`${id} (${ends[series]})`] : []));
  if (short.length === 0) return [];
  const more = short.length > named ? ` and ${short.length - named} more` : '';
  return [
    `no training window fits into ${short.slice(0, named).join(', ')}${more}: ${needed} time steps are needed before the part that decides when to stop; nothing is learned from ${short.length === 1 ? 'this series' : 'these series'}`,
  ];
}
