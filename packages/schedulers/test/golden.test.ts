import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as schedulers from '../src/index.ts';
import { type OneCycle, oneCycle } from '../src/one-cycle.ts';
import { reduceOnPlateau } from '../src/reduce-on-plateau.ts';
import { parity, relativeError } from './tolerances.ts';

interface Case {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: PyTorch's keyword arguments, read from JSON
  readonly options: Record<string, any>;
  readonly baseLr: number;
  /** The rate that update i used. */
  readonly lr: readonly number[];
  readonly lrAfterLast?: number;
  readonly momentum?: readonly number[];
  readonly metrics?: readonly number[];
}

const folder = new URL('golden/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.startsWith('sched_'));
const cases = files.flatMap((file) => {
  const { family, cases } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  return (cases as Case[]).map((one) => [one.name, family as string, one] as const);
});

const oneCycleOf = ({ options: o }: Case): OneCycle =>
  oneCycle({
    maxLearningRate: o['max_lr'],
    totalSteps: o['total_steps'],
    ...('pct_start' in o && { pctStart: o['pct_start'] }),
    ...('anneal_strategy' in o && { annealStrategy: o['anneal_strategy'] }),
    ...('div_factor' in o && { divFactor: o['div_factor'] }),
    ...('final_div_factor' in o && { finalDivFactor: o['final_div_factor'] }),
    ...('three_phase' in o && { threePhase: o['three_phase'] }),
    ...('base_momentum' in o && { baseMomentum: o['base_momentum'], maxMomentum: o['max_momentum'] }),
  });

const families: Record<string, (one: Case) => schedulers.Schedule> = {
  StepLR: ({ baseLr: learningRate, options: o }) =>
    schedulers.step({ learningRate, stepSize: o['step_size'], gamma: o['gamma'] }),
  MultiStepLR: ({ baseLr: learningRate, options: o }) =>
    schedulers.multiStep({ learningRate, milestones: o['milestones'], gamma: o['gamma'] }),
  ExponentialLR: ({ baseLr: learningRate, options: o }) => schedulers.exponential({ learningRate, gamma: o['gamma'] }),
  LinearLR: ({ baseLr: learningRate, options: o }) =>
    schedulers.linear({
      learningRate,
      startFactor: o['start_factor'],
      endFactor: o['end_factor'],
      totalIters: o['total_iters'],
    }),
  PolynomialLR: ({ baseLr: learningRate, options: o }) =>
    schedulers.polynomial({ learningRate, totalIters: o['total_iters'], power: o['power'] }),
  CosineAnnealingLR: ({ baseLr: learningRate, options: o }) =>
    schedulers.cosine({ learningRate, tMax: o['T_max'], etaMin: o['eta_min'] }),
  CosineAnnealingWarmRestarts: ({ baseLr: learningRate, options: o }) =>
    schedulers.cosineWarmRestarts({ learningRate, t0: o['T_0'], tMult: o['T_mult'], etaMin: o['eta_min'] }),
  OneCycleLR: (one) => oneCycleOf(one).learningRate,
  'OneCycleLR+momentum': (one) => oneCycleOf(one).learningRate,
};

function plateauRates({ baseLr, options: o, metrics }: Case): number[] {
  const plateau = reduceOnPlateau({
    learningRate: baseLr,
    mode: o['mode'],
    factor: o['factor'],
    patience: o['patience'],
    threshold: o['threshold'],
    thresholdMode: o['threshold_mode'],
    cooldown: o['cooldown'],
    minLearningRate: o['min_lr'],
  });
  return [baseLr, ...metrics!.map((metric) => plateau.observe(metric))];
}

describe('PyTorch 2.15, float64', () => {
  it('has a golden file for ten families and 17 cases', () => {
    expect([files.length, cases.length]).toEqual([10, 17]);
  });

  it.each(cases)('%s gives the same rates', (_, family, one) => {
    const known = [...one.lr, ...(one.lrAfterLast === undefined ? [] : [one.lrAfterLast])];
    const found =
      family === 'ReduceLROnPlateau' ? plateauRates(one) : schedulers.sample(families[family]!(one), known.length);
    expect(found).toHaveLength(known.length);
    for (const [update, rate] of known.entries()) {
      expect(relativeError(found[update]!, rate), `update ${update}: ${found[update]} for ${rate}`).toBeLessThan(
        parity,
      );
    }
  });

  it('gives the same momentum for one cycle', () => {
    const [, , one] = cases.find(([name]) => name === 'OneCycleLR_momentum')!;
    const found = schedulers.sample(oneCycleOf(one).momentum, one.momentum!.length);
    for (const [update, momentum] of one.momentum!.entries()) {
      expect(relativeError(found[update]!, momentum), `update ${update}`).toBeLessThan(parity);
    }
  });
});
