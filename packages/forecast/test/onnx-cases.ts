import { type SeriesSet, seriesFromArrays } from '@nt/data';
import type { ForecasterOptions, LossChoice, ModelName, ModelOptions } from '../src/index.ts';
import type { ResidualOptions } from '../src/recipe/residual-nhits.ts';

const size = { inputSize: 10, horizon: 4 } as const;

interface SetOptions {
  readonly ids?: readonly string[];
  readonly covariates?: boolean;
  readonly gaps?: boolean;
  readonly constant?: boolean;
  readonly counts?: boolean;
}

/** Positive series in units of their own, every kind of covariate and gaps on request. */
function madeSet({
  ids = ['a', 'b', 'c'],
  covariates = false,
  gaps = false,
  constant = false,
  counts = false,
}: SetOptions): SeriesSet {
  const length = 90;
  const series = ids.map((id, i) => {
    const values = Array.from({ length }, (_, t) => {
      if (gaps && (t * 7 + i) % 23 < 3) return Number.NaN;
      if (constant && i === 1) return 42;
      const value = 10 ** i * (20 + 6 * Math.sin((2 * Math.PI * t) / 12 + i) + Math.sin(t * 12.9898 + i));
      return counts ? Math.round(value) : value;
    });
    const wave = (count: number): number[] => Array.from({ length: count }, (_, t) => 5 + 3 * Math.cos(t / 3 + i));
    const known = { historic: { x: wave(length) }, future: { f: wave(length + size.horizon) }, static: { s: 2 * i } };
    return { id, values, start: '2026-01-01', ...(covariates && known) };
  });
  return seriesFromArrays(series, { frequency: 'hour', target: 'y', ...(gaps && { missing: 'mask' }) });
}

/** A network that becomes a file. */
export interface OnnxCase {
  readonly name: string;
  readonly set: SeriesSet;
  /** Default `nhits`; `residual` is the network of blends. */
  readonly network?: ModelName | 'residual';
  readonly options: ForecasterOptions;
  readonly loss?: LossChoice;
}

const quantiles = [0.1, 0.3, 0.5, 0.9];
const of = (options: Partial<ForecasterOptions> = {}): ForecasterOptions => ({
  ...size,
  ...options,
  model: { hiddenSize: 6, ...options.model },
});

const residual = (
  options: Pick<ResidualOptions, 'linearSkip' | 'calendar'> & Partial<ResidualOptions>,
): ModelOptions => ({
  lookback: 6,
  network: { variant: 'paper', hiddenSize: 6, nPoolKernelSize: [2, 2, 1], nFreqDownsample: [3, 2, 1] },
  ...options,
});

export const onnxCases: readonly OnnxCase[] = [
  { name: 'a scale for each series', set: madeSet({}), options: of() },
  { name: 'one series', set: madeSet({ ids: ['only'] }), options: of() },
  { name: 'one scale for all', set: madeSet({}), options: of({ scalerScope: 'global' }) },
  { name: 'no scale', set: madeSet({ ids: ['a'] }), options: of({ scaler: 'none' }) },
  ...(['robust', 'minmax', 'log', 'arcsinh'] as const).map((scaler) => ({
    name: scaler,
    set: madeSet({}),
    options: of({ scaler }),
  })),
  {
    name: 'covariates',
    set: madeSet({ covariates: true }),
    options: of({ calendar: ['hourOfDay'], model: { recompute: true } }),
  },
  { name: 'covariates, one scale', set: madeSet({ covariates: true }), options: of({ scalerScope: 'global' }) },
  { name: 'gaps', set: madeSet({ gaps: true }), options: of() },
  { name: 'a series that never changed', set: madeSet({ constant: true }), options: of() },
  ...(['repair', 'prevent', 'allow'] as const).map((crossing) => ({
    name: `quantiles, ${crossing}`,
    set: madeSet({}),
    options: of(),
    loss: { name: 'quantile', quantiles, crossing } as const,
  })),
  { name: 'a distribution', set: madeSet({}), options: of(), loss: 'normal' },
  {
    name: 'a distribution in the scale of each window',
    set: madeSet({}),
    options: of({ model: { windowNormalization: 'standard' } }),
    loss: 'studentT',
  },
  {
    name: 'counts',
    set: madeSet({ ids: ['a'], counts: true }),
    options: of({ scaler: 'none' }),
    loss: 'negativeBinomial',
  },
  { name: 'nbeats', set: madeSet({}), network: 'nbeats', options: of() },
  {
    name: 'of a blend, beside a ridge, with a calendar',
    set: madeSet({ covariates: true }),
    network: 'residual',
    options: { ...size, calendar: ['hourOfDay'], model: residual({ linearSkip: true, calendar: 2 }) },
  },
  {
    name: 'of a blend, with gaps',
    set: madeSet({ gaps: true }),
    network: 'residual',
    options: { ...size, model: residual({ linearSkip: true, calendar: 0 }) },
  },
  {
    name: 'of a blend, alone',
    set: madeSet({}),
    network: 'residual',
    options: { ...size, model: residual({ linearSkip: false, calendar: 0, lookback: size.inputSize }) },
  },
  { name: 'linear', set: madeSet({}), network: 'linear', options: { ...size, scaler: 'robust' } },
];
