import { describe, expect, it } from 'vitest';
import * as main from '../src/index.ts';
import { type Schedule, SchedulerError, type SchedulerErrorCode } from '../src/index.ts';
import * as oneCycleEntry from '../src/one-cycle.ts';
import * as plateauEntry from '../src/reduce-on-plateau.ts';

// biome-ignore lint/suspicious/noExplicitAny: wrong options are the point
type Build = (options: any) => unknown;

/** What all entries of the package export. */
const schedulers = { ...main, ...oneCycleEntry, ...plateauEntry };

const schedule: Schedule = (update) => 1 / (1 + update);
const rate = [-1, Number.NaN, Infinity, '0.1', null];
const count = [0, -1, 1.5, Infinity, '3', null];
const countOrZero = [-1, 0.5, '1', null];
const positive = [0, -1, Number.NaN, '1'];
const belowOne = [1, 2, -0.1, '0'];
const milestones = [[3, 3], [5, 2], [0], [1.5], 'x', [undefined], 4];
const required = undefined;

/** For each function: options that work, and for each option a value that changes the result, then wrong values. */
const table: Record<
  string,
  readonly [good: object, options: Record<string, readonly [other: unknown, ...wrong: unknown[]]>]
> = {
  constant: [{ learningRate: 0.1 }, { learningRate: [0.2, required, ...rate] }],
  constantFactor: [
    { learningRate: 0.1 },
    { learningRate: [0.2, required, ...rate], factor: [0.5, ...belowOne], totalIters: [9, ...count] },
  ],
  linear: [
    { learningRate: 0.1 },
    {
      learningRate: [0.2, required, ...rate],
      startFactor: [0, ...rate],
      endFactor: [0.5, ...rate],
      totalIters: [9, ...count],
    },
  ],
  polynomial: [
    { learningRate: 0.1 },
    { learningRate: [0.2, required, ...rate], totalIters: [9, ...count], power: [2, ...positive] },
  ],
  exponential: [
    { learningRate: 0.1, gamma: 0.9 },
    { learningRate: [0.2, required, ...rate], gamma: [0.8, required, ...rate] },
  ],
  step: [
    { learningRate: 0.1, stepSize: 3 },
    { learningRate: [0.2, required, ...rate], stepSize: [4, required, ...count], gamma: [0.5, ...rate] },
  ],
  multiStep: [
    { learningRate: 0.1, milestones: [3, 5] },
    { learningRate: [0.2, required, ...rate], milestones: [[4], required, ...milestones], gamma: [0.5, ...rate] },
  ],
  cosine: [
    { learningRate: 0.1, tMax: 20 },
    { learningRate: [0.2, required, ...rate], tMax: [10, required, ...count], etaMin: [0.01, ...rate] },
  ],
  cosineWarmRestarts: [
    { learningRate: 0.1, t0: 3 },
    {
      learningRate: [0.2, required, ...rate],
      t0: [4, required, ...count],
      tMult: [2, ...count],
      etaMin: [0.01, ...rate],
    },
  ],
  oneCycle: [
    { maxLearningRate: 0.1, totalSteps: 20 },
    {
      maxLearningRate: [0.2, required, ...rate],
      totalSteps: [30, required, ...count],
      pctStart: [0.5, ...belowOne],
      annealStrategy: ['linear', 'cosine', 1],
      divFactor: [5, ...positive],
      finalDivFactor: [5, ...positive],
      threePhase: [true, 1, 'true'],
      baseMomentum: [0.5, ...rate],
      maxMomentum: [0.99, ...rate],
    },
  ],
  inverseSquareRoot: [
    { learningRate: 0.1, timescale: 4 },
    { learningRate: [0.2, required, ...rate], timescale: [5, ...count] },
  ],
  warmup: [
    { schedule, warmupUpdates: 4 },
    {
      schedule: [() => 1, required, 0.1, null],
      warmupUpdates: [5, required, ...count],
      startFactor: [0.5, ...rate],
    },
  ],
  warmupStableDecay: [
    { learningRate: 0.1, warmupUpdates: 4, stableUpdates: 5, decayUpdates: 6 },
    {
      learningRate: [0.2, required, ...rate],
      warmupUpdates: [3, required, ...count],
      stableUpdates: [0, required, ...countOrZero],
      decayUpdates: [7, required, ...count],
      minLearningRate: [0.01, ...rate],
    },
  ],
  sequence: [
    { schedules: [schedule, schedule], milestones: [3] },
    {
      schedules: [[schedule, () => 1], required, schedule, [schedule, 1], [schedule], []],
      milestones: [[4], required, ...milestones, [], [1, 2]],
    },
  ],
  reduceOnPlateau: [
    { learningRate: 0.1, patience: 0 },
    {
      learningRate: [0.2, required, ...rate],
      mode: ['max', 'minimum', 1],
      factor: [0.5, ...belowOne],
      patience: [1, ...countOrZero],
      threshold: [0.5, ...rate],
      thresholdMode: ['abs', 'relative', 1],
      cooldown: [1, ...countOrZero],
      minLearningRate: [0.05, ...rate],
      eps: [0.05, ...rate],
    },
  ],
};

/** The first 25 values of whatever a function makes; a plateau observer sees a metric that improves, then does not. */
function observe(made: unknown): unknown {
  if (typeof made === 'function') return schedulers.sample(made as Schedule, 25);
  if ('observe' in (made as object)) {
    const plateau = made as plateauEntry.PlateauObserver;
    return [1, 0.9999, 0.9998, 0.9, 0.9, 0.9, 0.8999, 1, 1, 0.1].map((metric) => plateau.observe(metric));
  }
  return Object.values(made as oneCycleEntry.OneCycle).map((half) => schedulers.sample(half, 25));
}

function refusal(code: SchedulerErrorCode, run: () => unknown): SchedulerError {
  try {
    run();
  } catch (error) {
    if (!SchedulerError.isInstance(error)) throw error;
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/expected .*; found /);
    return error;
  }
  throw new Error(`expected ${code}; nothing was thrown`);
}

describe.each(Object.keys(table))('%s', (name) => {
  const [good, options] = table[name]!;
  const build = (schedulers as unknown as Record<string, Build>)[name]!;

  it.each(Object.entries(options))('%s changes the result', (option, [other]) => {
    expect(observe(build({ ...good, [option]: other }))).not.toEqual(observe(build(good)));
  });

  it.each(Object.entries(options))('%s refuses wrong values', (option, [, ...wrong]) => {
    for (const value of wrong) {
      const { details } = refusal('schedulers/invalid-option', () => build({ ...good, [option]: value }));
      if (!(name === 'sequence' && Array.isArray(value))) expect(details).toMatchObject({ option, found: value });
      expect(details.owner).toBe(name);
    }
  });

  it('names the options for an unknown one, the nearest first', () => {
    for (const option of Object.keys(options)) {
      for (const misspelt of [`${option}_`, `my_${option}`, option.replace(/[A-Z]/, (letter) => `_${letter}`)]) {
        if (misspelt === option) continue;
        const { message } = refusal('schedulers/unknown-option', () => build({ ...good, [misspelt]: 1 }));
        expect(message).toContain(`expected an option to be one of ${option}`);
        expect(message).toContain(`found ${misspelt}`);
      }
    }
  });
});

describe('the table', () => {
  it('covers every function that takes options', () => {
    const rest = ['SchedulerError', 'perEpoch', 'sample'];
    expect(Object.keys(schedulers).sort()).toEqual([...Object.keys(table), ...rest].sort());
  });
});

describe('no object of options', () => {
  it.each(Object.keys(table))('%s names the first one that is missing', (name) => {
    for (const wrong of [undefined, null, 5, [], {}])
      refusal('schedulers/invalid-option', () => (schedulers[name as keyof typeof schedulers] as Build)(wrong));
  });
});

describe('perEpoch and sample', () => {
  it('refuse wrong arguments', () => {
    refusal('schedulers/invalid-option', () => schedulers.perEpoch(0.1 as never, 3));
    for (const wrong of count)
      refusal('schedulers/invalid-option', () => schedulers.perEpoch(schedule, wrong as never));
    refusal('schedulers/invalid-option', () => schedulers.sample(undefined as never, 3));
    for (const wrong of countOrZero)
      refusal('schedulers/invalid-option', () => schedulers.sample(schedule, wrong as never));
  });
});

describe('an object that holds a schedule, where a schedule is expected', () => {
  const cycle = oneCycleEntry.oneCycle({ maxLearningRate: 0.1, totalSteps: 9 }) as never;
  const plateau = plateauEntry.reduceOnPlateau({ learningRate: 0.1 }) as never;

  it.each<[string, () => unknown]>([
    ['warmup', () => schedulers.warmup({ schedule: cycle, warmupUpdates: 2 })],
    ['warmup, of the plateau observer', () => schedulers.warmup({ schedule: plateau, warmupUpdates: 2 })],
    ['sequence', () => schedulers.sequence({ schedules: [schedule, cycle], milestones: [3] })],
    ['perEpoch', () => schedulers.perEpoch(cycle, 3)],
    ['sample', () => schedulers.sample(cycle, 3)],
  ])('%s says which member to pass', (_, build) => {
    const { message } = refusal('schedulers/invalid-option', build);
    expect(message).toMatch(/expected schedules? to be .*function; found .*: pass its member learningRate$/);
  });
});

describe('SchedulerError.isInstance', () => {
  it('knows errors of a second copy of the package, and nothing else', () => {
    const foreign = Object.assign(new Error('x'), { [Symbol.for('nt.scheduler-error')]: true });
    expect(SchedulerError.isInstance(foreign)).toBe(true);
    expect(SchedulerError.isInstance(new Error('x'))).toBe(false);
    expect(SchedulerError.isInstance(null)).toBe(false);
  });
});
