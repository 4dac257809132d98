import { describe, expect, it } from 'vitest';
import * as s from '../src/index.ts';
import { oneCycle } from '../src/one-cycle.ts';
import { reduceOnPlateau } from '../src/reduce-on-plateau.ts';
import { relativeError } from './tolerances.ts';

const learningRate = 0.1;
const cycle = oneCycle({ maxLearningRate: 0.1, totalSteps: 100 });
const plateau = reduceOnPlateau({ learningRate });

interface Law {
  readonly schedule: s.Schedule;
  /** The rate at update 0. */
  readonly start: number;
  /** An update and the rate from there on; absent where the schedule never settles. */
  readonly end?: readonly [update: number, rate: number];
  /** Updates at which the rate jumps by design; everywhere else it moves by at most a tenth of its range an update. */
  readonly jumps?: readonly number[];
}

const table: Record<string, Law> = {
  constant: { schedule: s.constant({ learningRate }), start: 0.1, end: [0, 0.1] },
  constantFactor: {
    schedule: s.constantFactor({ learningRate, factor: 0.5, totalIters: 30 }),
    start: 0.05,
    end: [30, 0.1],
    jumps: [30],
  },
  linear: { schedule: s.linear({ learningRate, startFactor: 0, totalIters: 30 }), start: 0, end: [30, 0.1] },
  polynomial: { schedule: s.polynomial({ learningRate, totalIters: 40, power: 2 }), start: 0.1, end: [40, 0] },
  exponential: { schedule: s.exponential({ learningRate, gamma: 0.95 }), start: 0.1 },
  step: { schedule: s.step({ learningRate, stepSize: 60, gamma: 0.5 }), start: 0.1, jumps: [60, 120, 180] },
  multiStep: {
    schedule: s.multiStep({ learningRate, milestones: [7, 90], gamma: 0.5 }),
    start: 0.1,
    end: [90, 0.025],
    jumps: [7, 90],
  },
  cosine: { schedule: s.cosine({ learningRate, tMax: 200, etaMin: 0.01 }), start: 0.1 },
  cosineWarmRestarts: {
    schedule: s.cosineWarmRestarts({ learningRate, t0: 20, tMult: 2 }),
    start: 0.1,
    jumps: [20, 60, 140],
  },
  'oneCycle.learningRate': { schedule: cycle.learningRate, start: 0.004, end: [99, 4e-7] },
  'oneCycle.momentum': { schedule: cycle.momentum, start: 0.95, end: [99, 0.95] },
  inverseSquareRoot: { schedule: s.inverseSquareRoot({ learningRate, timescale: 50 }), start: 0.1 },
  warmup: {
    schedule: s.warmup({ schedule: s.cosine({ learningRate, tMax: 500 }), warmupUpdates: 40 }),
    start: 0,
  },
  warmupStableDecay: {
    schedule: s.warmupStableDecay({ learningRate, warmupUpdates: 20, stableUpdates: 50, decayUpdates: 30 }),
    start: 0,
    end: [100, 0],
  },
  sequence: {
    schedule: s.sequence({
      schedules: [s.linear({ learningRate, totalIters: 20 }), s.polynomial({ learningRate, totalIters: 60 })],
      milestones: [20],
    }),
    start: 0.1 / 3,
    end: [80, 0],
  },
  perEpoch: { schedule: s.perEpoch(s.polynomial({ learningRate, totalIters: 20 }), 10), start: 0.1, end: [200, 0] },
  'reduceOnPlateau.learningRate': { schedule: plateau.learningRate, start: 0.1, end: [0, 0.1] },
};

describe.each(Object.entries(table))('%s', (_, { schedule, start, end, jumps = [] }) => {
  const rates = s.sample(schedule, 200);

  it('starts exactly where it should', () => {
    expect(relativeError(schedule(0), start)).toBeLessThan(1e-15);
  });

  it('is finite and not negative, also after a million updates', () => {
    for (const rate of [...rates, schedule(1e6), schedule(2 ** 40)]) {
      expect(Number.isFinite(rate) && rate >= 0, String(rate)).toBe(true);
    }
  });

  it('depends on the count alone', () => {
    for (let update = 199; update >= 0; update -= 1) expect(schedule(update)).toBe(rates[update]);
  });

  it('moves in small steps but for its jumps', () => {
    const range = Math.max(...rates) - Math.min(...rates);
    const found = rates.flatMap((rate, update) =>
      update > 0 && Math.abs(rate - rates[update - 1]!) > range / 10 ? [update] : [],
    );
    expect(found).toEqual(jumps);
  });

  if (end) {
    it('keeps its last rate', () => {
      const [update, rate] = end;
      for (const later of [update, update + 1, 1e6]) expect(schedule(later)).toBeCloseTo(rate, 15);
    });
  }
});

describe('cosine', () => {
  it('rises again past tMax, as PyTorch does', () => {
    const schedule = s.cosine({ learningRate, tMax: 10 });
    expect(schedule(10)).toBe(0);
    expect(schedule(20)).toBeCloseTo(0.1, 15);
  });
});

describe('oneCycle', () => {
  it('lowers momentum where the rate is high', () => {
    const { learningRate: rate, momentum } = oneCycle({ maxLearningRate: 1, totalSteps: 11, pctStart: 0.6 });
    expect([rate(5.6), momentum(5.6)]).toEqual([1, 0.85]);
  });

  it.each([1, 2, 10])('is finite where the rise has no length (%i updates)', (totalSteps) => {
    const made = oneCycle({
      maxLearningRate: 1,
      totalSteps,
      pctStart: 1 / totalSteps - (totalSteps === 1 ? 0.5 : 0),
    });
    for (const rate of [...s.sample(made.learningRate, 12), ...s.sample(made.momentum, 12)]) {
      expect(Number.isFinite(rate)).toBe(true);
    }
  });
});

describe('warmup', () => {
  it('ends where its schedule begins', () => {
    const inner = s.exponential({ learningRate, gamma: 0.5 });
    const schedule = s.warmup({ schedule: inner, warmupUpdates: 4, startFactor: 0.2 });
    expect(s.sample(schedule, 7)).toEqual(
      [0.2, 0.4, 0.6, 0.8].map((f) => expect.closeTo(f * 0.1, 15)).concat([0.1, 0.05, 0.025]),
    );
  });
});

describe('warmupStableDecay', () => {
  it('rises to the rate, keeps it, and falls from it along a line, all from and to the least', () => {
    const phases = { warmupUpdates: 4, stableUpdates: 3, decayUpdates: 5 };
    const schedule = s.warmupStableDecay({ learningRate: 1.1, minLearningRate: 0.1, ...phases });
    const shares = [0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 0.8, 0.6, 0.4, 0.2, 0, 0];
    expect(s.sample(schedule, 14)).toEqual(shares.map((share) => expect.closeTo(0.1 + share, 12)));
  });

  it('without a stable phase falls at once', () => {
    const schedule = s.warmupStableDecay({ learningRate: 1, warmupUpdates: 2, stableUpdates: 0, decayUpdates: 2 });
    expect(s.sample(schedule, 6)).toEqual([0, 0.5, 1, 0.5, 0, 0]);
  });
});

describe('inverseSquareRoot', () => {
  it('halves whenever the count is four times as large', () => {
    const schedule = s.inverseSquareRoot({ learningRate, timescale: 100 });
    expect([50, 100, 400, 1600].map(schedule)).toEqual([0.1, 0.1, 0.05, 0.025]);
  });
});

describe('perEpoch', () => {
  it('changes between epochs only', () => {
    const schedule = s.perEpoch(s.step({ learningRate: 1, stepSize: 1, gamma: 0.5 }), 3);
    expect(s.sample(schedule, 8)).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25]);
  });
});

describe('sequence', () => {
  it('restarts the count of each schedule', () => {
    const count: s.Schedule = (update) => update;
    const schedule = s.sequence({ schedules: [count, count, count], milestones: [2, 5] });
    expect(s.sample(schedule, 8)).toEqual([0, 1, 0, 1, 2, 0, 1, 2]);
  });
});

describe('what is not given', () => {
  const rate = { learningRate };
  const inner = s.polynomial({ learningRate, totalIters: 9 });
  const cycle = { maxLearningRate: 0.1, totalSteps: 20 };
  const phases = { warmupUpdates: 3, stableUpdates: 2, decayUpdates: 4 };

  it.each<[string, s.Schedule, s.Schedule]>([
    ['constantFactor', s.constantFactor(rate), s.constantFactor({ ...rate, factor: 1 / 3, totalIters: 5 })],
    ['linear', s.linear(rate), s.linear({ ...rate, startFactor: 1 / 3, endFactor: 1, totalIters: 5 })],
    ['polynomial', s.polynomial(rate), s.polynomial({ ...rate, totalIters: 5, power: 1 })],
    ['step', s.step({ ...rate, stepSize: 3 }), s.step({ ...rate, stepSize: 3, gamma: 0.1 })],
    [
      'multiStep',
      s.multiStep({ ...rate, milestones: [2, 5] }),
      s.multiStep({ ...rate, milestones: [2, 5], gamma: 0.1 }),
    ],
    ['cosine', s.cosine({ ...rate, tMax: 9 }), s.cosine({ ...rate, tMax: 9, etaMin: 0 })],
    [
      'cosineWarmRestarts',
      s.cosineWarmRestarts({ ...rate, t0: 3 }),
      s.cosineWarmRestarts({ ...rate, t0: 3, tMult: 1, etaMin: 0 }),
    ],
    [
      'warmup',
      s.warmup({ schedule: inner, warmupUpdates: 3 }),
      s.warmup({ schedule: inner, warmupUpdates: 3, startFactor: 0 }),
    ],
    [
      'warmupStableDecay',
      s.warmupStableDecay({ ...rate, ...phases }),
      s.warmupStableDecay({ ...rate, ...phases, minLearningRate: 0 }),
    ],
    [
      'oneCycle',
      oneCycle(cycle).learningRate,
      oneCycle({
        ...cycle,
        pctStart: 0.3,
        annealStrategy: 'cos',
        divFactor: 25,
        finalDivFactor: 1e4,
        threePhase: false,
      }).learningRate,
    ],
    [
      'oneCycle, momentum',
      oneCycle(cycle).momentum,
      oneCycle({ ...cycle, baseMomentum: 0.85, maxMomentum: 0.95 }).momentum,
    ],
  ])('is as documented, by PyTorch: %s', (_, without, given) => {
    expect(s.sample(without, 25)).toEqual(s.sample(given, 25));
  });
});

describe('sample', () => {
  it('gives the rate of update i at index i', () => {
    expect(s.sample((update) => update * 2, 3)).toEqual([0, 2, 4]);
    expect(s.sample((update) => update, 0)).toEqual([]);
  });
});
