import { expect, it } from 'vitest';
import { correlationInterval } from '../src/statistics/correlation-interval.ts';
import { dieboldMariano } from '../src/statistics/diebold-mariano.ts';
import { incompleteBeta } from '../src/statistics/incomplete-beta.ts';
import { logGamma } from '../src/statistics/log-gamma.ts';
import { normalCdf, normalQuantile } from '../src/statistics/normal.ts';
import { studentTCdf, studentTQuantile } from '../src/statistics/student-t.ts';
import { readGolden, worstDifference } from './golden-file.ts';
import { tolerances } from './tolerances.ts';

interface Distribution {
  readonly x: number[];
  readonly cdf: number[];
  readonly p: number[];
  readonly quantile: number[];
}
const golden = readGolden<{
  normal: Distribution;
  studentT: (Distribution & { degrees: number })[];
  logGamma: { x: number[]; value: number[] };
  incompleteBeta: { arguments: [number, number, number][]; value: number[] };
  dieboldMariano: {
    first: number[];
    second: number[];
    horizon: number;
    statistic: number;
    kernel: string;
    twoSided: number;
    firstBetter: number;
  }[];
  correlation: {
    x: number[];
    y: number[];
    level: number;
    pearson: number;
    pearsonInterval: number[];
    spearman: number;
    spearmanInterval: number[];
  }[];
}>('statistics');

const expectClose = (received: ArrayLike<number>, expected: ArrayLike<number>, floor = 1e-300): void =>
  expect(worstDifference(received, expected, floor)).toBeLessThan(tolerances.distribution);

it('the normal distribution equals scipy, in its tails too', () => {
  expectClose(golden.normal.x.map(normalCdf), golden.normal.cdf);
  expectClose(golden.normal.p.map(normalQuantile), golden.normal.quantile, 1e-6);
});

it.each(golden.studentT)("Student's t of $degrees degrees equals scipy", ({ degrees, x, cdf, p, quantile }) => {
  expectClose(
    x.map((at) => studentTCdf(at, degrees)),
    cdf,
  );
  expectClose(
    p.map((at) => studentTQuantile(at, degrees)),
    quantile,
    1e-6,
  );
});

it('the gamma and beta functions equal scipy', () => {
  expectClose(golden.logGamma.x.map(logGamma), golden.logGamma.value);
  expectClose(
    golden.incompleteBeta.arguments.map(([x, a, b]) => incompleteBeta(x, a, b)),
    golden.incompleteBeta.value,
  );
});

it('the ends of the distributions', () => {
  expect([normalQuantile(0), normalQuantile(1), normalQuantile(-0.1)]).toEqual([-Infinity, Infinity, Number.NaN]);
  expect([studentTQuantile(0, 3), studentTQuantile(1, 3), studentTQuantile(0.5, 3)]).toEqual([-Infinity, Infinity, 0]);
  expect([studentTCdf(-Infinity, 3), studentTCdf(Infinity, 3), studentTCdf(1, 0)]).toEqual([0, 1, Number.NaN]);
  expect(studentTCdf(1.5, Infinity)).toBe(normalCdf(1.5));
});

it.each(golden.dieboldMariano)('Diebold–Mariano over $horizon steps equals its formulae ($kernel)', (test) => {
  const { horizon } = test;
  const both = dieboldMariano(test.first, test.second, { horizon });
  const one = dieboldMariano(test.first, test.second, { horizon, alternative: 'first-better' });
  const other = dieboldMariano(test.second, test.first, { horizon, alternative: 'second-better' });
  expect(both.kernel).toBe(test.kernel);
  expectClose(
    [both.statistic, both.pValue, one.pValue, other.pValue],
    [test.statistic, test.twoSided, test.firstBetter, test.firstBetter],
  );
});

it.each(golden.correlation)('correlations and their Fisher intervals equal scipy ($level)', (test) => {
  for (const kind of ['pearson', 'spearman'] as const) {
    const { estimate, lower, upper } = correlationInterval(test.x, test.y, { kind, level: test.level });
    expectClose([estimate, lower, upper], [test[kind], ...test[`${kind}Interval`]]);
  }
});

it("Student's t of one degree is Cauchy's distribution, near 0 too", () => {
  for (const x of [-1e-9, -0.3, 1e-6, 2, 1e4]) expectClose([studentTCdf(x, 1)], [0.5 + Math.atan(x) / Math.PI]);
});
