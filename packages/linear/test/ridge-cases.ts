import { addCalendar, type Batch, batches, type SeriesSet, scalerFromJson, type Windows, windows } from '@nt/data';
import type { NetworkOps, Tensor, WindowTensors } from '@nt/tensor';
import { type FittedRidge, fitRidge, type RidgeOptions } from '../src/index.ts';
import { hourly, noise, partsOf, setOf } from './made-series.ts';

const length = 500;
const horizon = 6;

/** Two series in units of their own, with all kinds of covariates on request, and gaps. */
function madeSet({ covariates = false, gaps = false, positive = false }): SeriesSet {
  const random = noise(5);
  const series = ['a', 'b'].map((id, i) => {
    const known = Float64Array.from({ length: length + horizon }, () => 7 + 3 * random());
    const wave = hourly(length, i + 1).map((y, t) => (i === 0 ? y : 500 + 30 * y) + 4 * known[t]!);
    const values = positive ? wave.map(Math.abs) : wave;
    if (gaps) for (let t = 0; t < length; t++) if ((t * 7 + i) % 23 < 3) values[t] = Number.NaN;
    const early = values.map((_, t) => random() + (t % 5));
    return { id, values, ...(covariates && { historic: { early }, future: { known }, static: { size: 3 * i - 1 } }) };
  });
  const set = setOf(series);
  return covariates ? addCalendar(set, { features: ['hourOfDay'], horizon: 0 }) : set;
}

/** A ridge that becomes a network, or a file. */
export interface RidgeCase {
  readonly name: string;
  readonly set: SeriesSet;
  readonly options: RidgeOptions;
}

const several: RidgeOptions = { horizon, lookbacks: [24, 48, 60], tolerance: 1e9, matrices: 'shared' };

export const ridgeCases: readonly RidgeCase[] = [
  { name: 'last', set: madeSet({}), options: { ...several, lookbacks: [30], centres: ['last'] } },
  { name: 'season mean', set: madeSet({}), options: { ...several, lookbacks: [48], centres: ['season-mean'] } },
  { name: 'several look-backs', set: madeSet({}), options: several },
  { name: 'a matrix each', set: madeSet({}), options: { ...several, matrices: 'each', intercept: true } },
  { name: 'covariates', set: madeSet({ covariates: true }), options: { ...several, covariateLookback: 5 } },
  {
    name: 'covariates, a matrix each',
    set: madeSet({ covariates: true }),
    options: { ...several, lookbacks: [12], centres: ['last'], covariateLookback: 20, matrices: 'each' },
  },
  { name: 'gaps', set: madeSet({ gaps: true }), options: { ...several, minimumAvailability: 0.5 } },
  ...(['none', 'robust', 'minmax', 'arcsinh', 'log'] as const).map((scaler) => ({
    name: scaler,
    set: madeSet({ positive: true }),
    options: { ...several, scaler },
  })),
];

export const fitCase = ({ set, options }: RidgeCase): Promise<FittedRidge> => fitRidge(set, partsOf(set), options);

/** Windows of both series, as many steps of look-back as the network wants. */
export function windowsOf(set: SeriesSet, inputSize: number): Windows {
  const ends = Float64Array.of(length, length);
  return windows(set, { inputSize, horizon, ranges: { starts: ends.map((end) => end - 60), ends }, strict: false });
}

/** One batch of them, scaled unless raw. */
export function batchOf(set: SeriesSet, inputSize: number, scaler: FittedRidge['state']['scaler'] | null): Batch {
  const scaled = scaler === null ? set : scalerFromJson(scaler).transform(set);
  const [batch] = [...batches(windowsOf(scaled, inputSize), { batchSize: 1000 })];
  return batch!;
}

export { horizon };

/** Whether a window begins with a value: before one that does not, a ridge knows what came before the window. */
export const beginsObserved = ({ inputMask, size }: Batch, row: number): boolean =>
  inputMask[(row * inputMask.length) / size] === 1;

export function tensorsOf<T extends Tensor>(
  ops: NetworkOps<T>,
  { size, input, inputMask, historic, future, static: fixed }: Batch,
): WindowTensors<T> {
  const tensor = (values: Float32Array, ...steps: number[]): T => {
    const known = size * steps.reduce((a, b) => a * b, 1);
    return ops.tensor(values, [size, ...steps, values.length / known]);
  };
  const inputSize = input.length / size;
  return {
    input: tensor(input),
    ...(inputMask.includes(0) && { inputMask: tensor(inputMask) }),
    ...(historic && { historic: tensor(historic, inputSize) }),
    ...(future && { future: tensor(future, inputSize + horizon) }),
    ...(fixed && { static: tensor(fixed) }),
  };
}
