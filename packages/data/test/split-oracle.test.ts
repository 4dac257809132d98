import { describe, expect, it } from 'vitest';
import { DataError, seriesFromArrays, type WalkForwardOptions, walkForward } from '../src/index.ts';
import { seededRandom } from '../src/random/seeded-random.ts';
import { ramp } from './support/bytes.ts';

/** Steps `[from, to)` of a series that pass a test, as a list. */
const steps = (from: number, to: number, is: (step: number) => boolean = () => true) =>
  Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k).filter(is);

/** The parts of one series in one fold, step by step as the documentation says it; undefined when it is too short. */
function partsOf(length: number, fold: number, options: WalkForwardOptions) {
  const { folds, testSize, step = testSize, validation = 0, gap = 0, purge = 0, trainSize = length } = options;
  const end = length - (folds - 1 - fold) * step;
  const test = end - testSize;
  const validationEnd = validation > 0 ? test - gap : test;
  const validationStart = validationEnd - validation;
  const trainEnd = validationStart - gap;
  if (trainEnd < 1) return undefined;
  const whole = steps(Math.max(0, trainEnd - trainSize), trainEnd);
  const train = whole.filter((at) => at < validationStart - purge);
  const wholeValidation = steps(validationStart, validationEnd);
  const kept = wholeValidation.filter((at) => at < test - purge);
  const purged = whole.length - train.length + wholeValidation.length - kept.length;
  return { train, validation: kept, test: steps(test, end), gap: validation > 0 ? 2 * gap : gap, purge: purged };
}

function expected(lengths: readonly number[], fold: number, options: WalkForwardOptions) {
  const { testSize, step = testSize, embargo = 0 } = options;
  const unused = { gap: 0, purge: 0, embargo: 0 };
  const series = lengths.map((length) => {
    const parts = partsOf(length, fold, options);
    if (parts === undefined) return { train: [], validation: [], test: [], embargoed: [] };
    unused.gap += parts.gap;
    unused.purge += parts.purge;
    const embargoed = Array.from({ length: fold }, (_, earlier) => {
      const before = partsOf(length, earlier, options);
      if (before === undefined) return [];
      const end = before.test.at(-1)! + 1;
      return parts.train.filter((at) => at >= end && at < end + Math.min(embargo, step));
    }).flat();
    unused.embargo += embargoed.length;
    return { train: parts.train, validation: parts.validation, test: parts.test, embargoed };
  });
  return { series, unused };
}

function randomCase(seed: number): { lengths: number[]; options: WalkForwardOptions } {
  const random = seededRandom(seed);
  const below = (count: number) => Math.abs(random.next()) % count;
  const options: Record<string, unknown> = { folds: 1 + below(4), testSize: 1 + below(6) };
  if (below(2) === 0) options['step'] = 1 + below(7);
  if (below(2) === 0) options['validation'] = 3 + below(4);
  if (below(2) === 0) options['gap'] = below(4);
  if (below(2) === 0) options['purge'] = below(3);
  if (below(2) === 0) options['embargo'] = below(6);
  if (below(2) === 0) Object.assign(options, { mode: 'rolling', trainSize: 3 + below(9) });
  const lengths = Array.from({ length: 1 + below(3) }, () => 1 + below(40));
  return { lengths, options: options as unknown as WalkForwardOptions };
}

describe('the folds of a backtest are those that a search of every step finds', () => {
  it.each([0, 1, 2, 3])('random lengths and options, part %i', (part) => {
    for (let seed = part * 150; seed < part * 150 + 150; seed++) {
      const { lengths, options } = randomCase(seed);
      const set = seriesFromArrays(lengths.map((length, k) => ({ id: `s${k}`, values: ramp(length) })));
      const wanted = Array.from({ length: options.folds }, (_, fold) => expected(lengths, fold, options));
      if (wanted.some(({ series }) => series.every(({ train }) => train.length === 0))) {
        expect(() => walkForward(set, options), `seed ${seed}`).toThrow(DataError);
        continue;
      }
      const found = walkForward(set, options).map(({ train, validation, test, embargoed, unused }) => ({
        series: lengths.map((_, series) => {
          const of = ({ starts, ends }: { starts: Float64Array; ends: Float64Array }) => {
            expect(starts[series], `seed ${seed}`).toBeLessThanOrEqual(ends[series]!);
            return steps(starts[series]!, ends[series]!);
          };
          return { train: of(train), validation: of(validation), test: of(test), embargoed: embargoed.flatMap(of) };
        }),
        unused,
      }));
      expect(found, `seed ${seed}`).toEqual(wanted);
    }
  });

  it('an embargo is listed fold by fold, and not at all when there is none', () => {
    const set = seriesFromArrays([{ id: 'a', values: ramp(60) }]);
    const listed = (options: Partial<WalkForwardOptions>) =>
      walkForward(set, { folds: 3, testSize: 5, ...options }).map(({ embargoed }) => embargoed.length);
    expect([listed({}), listed({ embargo: 0 }), listed({ embargo: 2 })]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 1, 2],
    ]);
  });
});
