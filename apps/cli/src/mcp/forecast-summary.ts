import type { JsonSchema } from '../options/value-kind.ts';

/** What of `nt forecast --json` is summarised. */
interface ForecastJson {
  readonly target: string;
  readonly horizon: number;
  readonly notices: readonly object[];
  readonly quantiles: readonly number[];
  readonly series: readonly {
    readonly id: string;
    readonly times: readonly string[];
    readonly values: readonly (number | null)[];
  }[];
}

/** Series of which an answer tells something each. */
const mostSeries = 10;

/** A forecast without its rows, which are in the file. */
export function forecastSummary(json: unknown): object {
  const { target, horizon, notices, quantiles, series } = json as ForecastJson;
  const each = series.slice(0, mostSeries).map(({ id, times, values }) => {
    const numbers = values.filter((value) => value !== null);
    const none = numbers.length === 0;
    return {
      id,
      ...{ from: times[0] ?? null, to: times.at(-1) ?? null },
      mean: none ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length,
      lowest: none ? null : numbers.reduce((a, b) => Math.min(a, b)),
      highest: none ? null : numbers.reduce((a, b) => Math.max(a, b)),
    };
  });
  return { target, horizon, quantiles, notices, series: series.length, summary: each };
}

const maybe = (type: string): JsonSchema => ({ type: [type, 'null'] });

/** JSON Schema of `forecastSummary`. */
export const forecastSummarySchema: JsonSchema = {
  type: 'object',
  properties: {
    target: { type: 'string' },
    horizon: { type: 'integer' },
    quantiles: { type: 'array', items: { type: 'number' } },
    notices: { type: 'array', items: { type: 'object' } },
    series: { description: 'how many', type: 'integer' },
    summary: {
      description: `of the first ${mostSeries} series; every value is in the file`,
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          ...{ from: maybe('string'), to: maybe('string') },
          ...{ mean: maybe('number'), lowest: maybe('number'), highest: maybe('number') },
        },
        required: ['id', 'from', 'to', 'mean', 'lowest', 'highest'],
      },
    },
  },
  required: ['target', 'horizon', 'quantiles', 'notices', 'series', 'summary'],
};
