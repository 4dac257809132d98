import type { Ready, Sample } from './answer-lines.ts';
import { type Competitor, RunningCompetitor } from './running-competitor.ts';

/** A competitor's medians per step. */
export interface Result {
  readonly name: string;
  readonly ready: Ready;
  /** Why it did not run; then there are no times. */
  readonly cannot?: string;
  readonly milliseconds: number;
  readonly cpu: number;
  readonly clean: number;
  readonly samples: number;
}

export interface Rounds {
  readonly count: number;
  readonly milliseconds: number;
  /** Until V8 has optimised the code: some sixty updates. */
  readonly warmUpMilliseconds: number;
}

/** A repetition is clean when its process had nearly all the processor time that its threads could use. */
const cleanShare = 0.94;
/** With fewer clean repetitions than this the medians are of all, and mean little. */
export const fewestClean = 3;

/** Runs the competitors in turns: whatever the machine does meanwhile, it does to all of them. */
export async function compareCompetitors(competitors: readonly Competitor[], rounds: Rounds): Promise<Result[]> {
  const running = competitors.map((competitor) => new RunningCompetitor(competitor));
  try {
    for (const one of running) await one.start();
    for (const one of running) if (!one.competitor.slow) await one.run(rounds.warmUpMilliseconds);
    for (const one of running) one.samples.length = 0;
    for (let round = 0; round < rounds.count; round++) for (const one of running) await one.run(rounds.milliseconds);
    return running.map(summary);
  } finally {
    for (const one of running) one.stop();
  }
}

function summary({ competitor: { name, threads }, samples, ready, cannot }: RunningCompetitor): Result {
  const clean = samples.filter(({ milliseconds, cpu, quiet }) => quiet || cpu / milliseconds > threads * cleanShare);
  const used: readonly Sample[] = clean.length >= fewestClean ? clean : samples;
  return {
    name,
    ready,
    ...(cannot === undefined ? {} : { cannot }),
    milliseconds: median(used.map(({ milliseconds }) => milliseconds)),
    cpu: median(used.map(({ cpu }) => cpu)),
    clean: clean.length,
    samples: samples.length,
  };
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
