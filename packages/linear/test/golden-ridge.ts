import { readFileSync } from 'node:fs';

/** What `golden/generate/ridge.py` wrote. */
export interface GoldenRidge {
  readonly rows: {
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly rowWeights: readonly number[];
    readonly cases: readonly {
      readonly intercept: boolean;
      readonly weighted: boolean;
      readonly lam: number;
      readonly weights: readonly number[];
      readonly bias: readonly number[];
    }[];
  };
  readonly windows: {
    readonly train: number;
    readonly horizon: number;
    readonly lookback: number;
    readonly covariateLookback: number;
    readonly season: number;
    readonly lam: number;
    readonly halfLife: number;
    readonly values: readonly (readonly number[])[];
    readonly future: readonly (readonly number[])[];
    readonly historic: readonly (readonly number[])[];
    readonly forecasts: readonly (readonly number[])[];
  };
}

export const goldenRidge = JSON.parse(
  readFileSync(new URL('golden/ridge.json', import.meta.url), 'utf8'),
) as GoldenRidge;
