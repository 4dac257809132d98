import { describe, expect, it } from 'vitest';
import {
  computeMetric,
  crpsFromSamples,
  type MetricInput,
  type MetricName,
  maseScale,
  metricNames,
  rmsseScale,
} from '../src/metrics/index.ts';
import { readGolden, worstDifference } from './golden-file.ts';
import { tolerances } from './tolerances.ts';

interface Case {
  readonly name: string;
  readonly actual: number[];
  readonly forecast: number[];
  readonly previous: number[];
  readonly quantiles: number[];
  readonly samples: number[];
  readonly mask: number[] | null;
  readonly weights: number[] | null;
  readonly training: number[];
  readonly season: number;
  readonly expected: Record<MetricName | 'crpsFromSamples' | 'maseScale' | 'rmsseScale', number>;
}

const { levels, cases } = readGolden<{ levels: number[]; cases: Case[] }>('metrics');

describe.each(cases)('$name', (golden) => {
  const last = levels.length - 1;
  const column = (at: number): number[] => golden.quantiles.filter((_, i) => i % levels.length === at);
  const input: MetricInput = {
    actual: golden.actual,
    point: golden.forecast,
    quantiles: { levels, values: golden.quantiles },
    interval: { lower: column(0), upper: column(last), level: 0.9 },
    maseScale: maseScale(golden.training, golden.season),
    rmsseScale: rmsseScale(golden.training, golden.season),
    previous: golden.previous,
    mask: golden.mask ?? undefined,
    weights: golden.weights ?? undefined,
  };

  it.each(metricNames)('%s equals numpy', (name) => {
    expect(worstDifference([computeMetric(name, input)], [golden.expected[name]])).toBeLessThan(tolerances.golden);
  });

  it('crpsFromSamples and the scales equal numpy', () => {
    const { mask, weights } = input;
    const received = [
      crpsFromSamples(golden.actual, golden.samples, { mask, weights }),
      input.maseScale!,
      input.rmsseScale!,
    ];
    const { crpsFromSamples: crps, maseScale: scale, rmsseScale: square } = golden.expected;
    expect(worstDifference(received, [crps, scale, square])).toBeLessThan(tolerances.golden);
  });
});
