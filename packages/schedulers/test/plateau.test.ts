import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { SchedulerError, sequence } from '../src/index.ts';
import { type PlateauState, reduceOnPlateau } from '../src/reduce-on-plateau.ts';

const options = { learningRate: 0.1, factor: 0.5, patience: 1, cooldown: 2 };

/** As the trainer declares it: `observe` may return something. */
interface MetricObserver {
  observe(metric: number): void;
  state(): unknown;
  restore(state: PlateauState): void;
}

describe('reduceOnPlateau', () => {
  it('reduces at the first of more than `patience` bad observations', () => {
    const plateau = reduceOnPlateau({ learningRate: 0.1, factor: 0.5, patience: 2 });
    expect([1, 1, 1, 1, 1].map((metric) => plateau.observe(metric))).toEqual([0.1, 0.1, 0.1, 0.05, 0.05]);
  });

  it('gives its rate to an optimizer as a function, and to the trainer as an observer', () => {
    const plateau = reduceOnPlateau(options);
    expectTypeOf(plateau).toExtend<MetricObserver>();
    expectTypeOf(plateau.learningRate).toExtend<number | ((completedUpdates: number) => number)>();
    const rate = sequence({ schedules: [() => 1, plateau.learningRate], milestones: [3] });
    plateau.observe(1);
    plateau.observe(1);
    plateau.observe(1);
    expect([rate(2), rate(3), plateau.learningRate(0)]).toEqual([1, 0.05, 0.05]);
  });

  it('goes on exactly from a state that went through JSON, at any point', () => {
    const metrics = fc.array(fc.double({ noNaN: false }), { maxLength: 30 });
    fc.assert(
      fc.property(metrics, fc.nat(30), fc.constantFrom('min', 'max'), (values, cut, mode) => {
        const straight = reduceOnPlateau({ ...options, mode });
        const before = reduceOnPlateau({ ...options, mode });
        const after = reduceOnPlateau({ ...options, mode });
        const expected = values.map((metric) => straight.observe(metric));
        for (const metric of values.slice(0, cut)) before.observe(metric);
        after.restore(JSON.parse(JSON.stringify(before.state())));
        expect(values.slice(cut).map((metric) => after.observe(metric))).toEqual(expected.slice(cut));
        expect(JSON.stringify(after.state())).toBe(JSON.stringify(straight.state()));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it.each([Number.NaN, Infinity, -Infinity])('takes %d for no improvement', (metric) => {
    for (const mode of ['min', 'max'] as const) {
      const plateau = reduceOnPlateau({ ...options, mode });
      expect([metric, metric].map((one) => plateau.observe(one))).toEqual([0.1, 0.05]);
      expect(plateau.state().best).toBeNull();
    }
  });

  it('hands out states that later observations do not change', () => {
    const plateau = reduceOnPlateau(options);
    const first = plateau.state();
    plateau.observe(1);
    expect(first).toEqual({ learningRate: 0.1, best: null, bad: 0, cooling: 0 });
  });

  it.each([
    ['a missing field', { best: 1, bad: 0, cooling: 0 }],
    ['a text', { learningRate: 0.1, best: 'low', bad: 0, cooling: 0 }],
    ['a negative count', { learningRate: 0.1, best: 1, bad: -1, cooling: 0 }],
    ['an infinite metric', { learningRate: 0.1, best: Infinity, bad: 0, cooling: 0 }],
    ['a missing metric', { learningRate: 0.1, bad: 0, cooling: 0 }],
    ['a field of something else', { learningRate: 0.1, best: 1, bad: 0, cooling: 0, step: 3 }],
  ])('refuses a state with %s, and stays as it was', (_, state) => {
    const plateau = reduceOnPlateau(options);
    plateau.observe(2);
    expect(() => plateau.restore(state as never)).toThrow(SchedulerError);
    expect(plateau.state()).toEqual({ learningRate: 0.1, best: 2, bad: 0, cooling: 0 });
  });
});

describe('eps', () => {
  it('a reduction by exactly eps is left out, as in PyTorch', () => {
    const rates = (eps: number): number[] => {
      const plateau = reduceOnPlateau({ learningRate: 1, factor: 0.5, patience: 0, eps });
      return [1, 1].map((metric) => plateau.observe(metric));
    };
    expect(rates(0.5)).toEqual([1, 1]);
    expect(rates(0.499)).toEqual([1, 0.5]);
  });

  it('holds back a reduction by no more than it, and only that', () => {
    const rates = (factor: number, eps: number) => {
      const plateau = reduceOnPlateau({ learningRate: 0.1, factor, patience: 0, eps });
      return [1, 1, 1].map((metric) => plateau.observe(metric));
    };
    // 0.1 − 0.095 is below 0.01; 0.1 − 0.05 is above it, 0.05 − 0.025 too.
    expect(rates(0.95, 0.01)).toEqual([0.1, 0.1, 0.1]);
    expect(rates(0.5, 0.01)).toEqual([0.1, 0.05, 0.025]);
    expect(rates(0.5, 0.03)).toEqual([0.1, 0.05, 0.05]);
  });
});

describe('thresholdMode', () => {
  it.each([
    ['rel', 'min', 100, 91, false],
    ['rel', 'min', 100, 89, true],
    ['abs', 'min', 100, 99.95, false],
    ['abs', 'min', 100, 99, true],
    ['rel', 'max', 100, 109, false],
    ['rel', 'max', 100, 111, true],
    ['abs', 'max', 100, 100.05, false],
    ['abs', 'max', 100, 101, true],
  ] as const)('%s, %s: from %d to %d is an improvement by a threshold of 0.1: %s', (...row) => {
    const [thresholdMode, mode, from, to, improved] = row;
    const plateau = reduceOnPlateau({ learningRate: 0.1, mode, thresholdMode, threshold: 0.1 });
    plateau.observe(from);
    plateau.observe(to);
    expect(plateau.state()).toMatchObject({ best: improved ? to : from, bad: improved ? 0 : 1 });
  });
});
