import {
  type Batch,
  batches,
  type SeriesSet,
  scalerFromJson,
  seriesFromArrays,
  splitByTime,
  type Windows,
  windows,
} from '@nt/data';
import { createLinear, type FittedRidge, fitRidge, ridgeNetwork } from '@nt/linear';
import { adam, createOptimizer } from '@nt/optim';
import { type Backend, type NetworkOps, type Tensor, uniformValues, type WindowTensors } from '@nt/tensor';
import { mse } from '@nt/trainer/losses';
import { createStockCpu } from './create-stock-cpu.ts';
import { largestDifference } from './largest-difference.ts';

/** A ridge as a network on an engine. Differences are relative to the largest value. */
export interface RidgeRun {
  /** From what the ridge forecasts, solved in closed form in float64. */
  readonly forecast: number;
  /** Of the losses while it goes on training, from those of tfjs's CPU engine. */
  readonly losses: number;
  /** The last loss over the first: it is trained. */
  readonly learned: number;
}

const horizon = 6;
const updates = 10;

/** Fits a ridge with a covariate to hourly series with gaps, and runs its network. */
export async function runRidge<T extends Tensor>(create: () => Promise<Backend<T>>): Promise<RidgeRun> {
  const set = madeSet();
  const options = { horizon, lookbacks: [24, 30], covariateLookback: 5, tolerance: 1e9, matrices: 'shared' } as const;
  const fitted = await fitRidge(set, splitByTime(set, { validation: 0.15, test: 0.15 }), options);
  const ofRidge = await fitted.forecastWindows(lastWindows(set, 1));

  const stockCpu = await createStockCpu();
  const stock = await outcome(stockCpu, fitted, set);
  await stockCpu.dispose();
  const backend = await create();
  const found = await outcome(backend, fitted, set);
  await backend.settle();
  await backend.dispose();
  const expected = ofRidge.filter((_, i) => found.comparable[Math.floor(i / horizon)]);
  return {
    forecast: largestDifference(found.forecast, expected),
    losses: largestDifference(found.losses, stock.losses),
    learned: found.losses.at(-1)! / found.losses[0]!,
  };
}

interface Outcome {
  /** By window: whether it begins with a value. Before one that does not, a ridge knows what came earlier. */
  readonly comparable: readonly boolean[];
  /** Of those, in the data's unit. */
  readonly forecast: Float64Array;
  readonly losses: readonly number[];
}

async function outcome<T extends Tensor>({ ops }: Backend<T>, fitted: FittedRidge, set: SeriesSet): Promise<Outcome> {
  const { options, start } = ridgeNetwork(fitted);
  const scaler = scalerFromJson(fitted.state.scaler);
  const batch = [...batches(lastWindows(scaler.transform(set), options.inputSize), { batchSize: 1000 })][0]!;
  const model = createLinear(ops, options, { start });
  const [window, target] = [tensorsOf(ops, batch), ops.tensor(batch.target, [batch.size, horizon])];
  const run = { training: false, random: { seed: 1, counter: 0 } };
  const forecast = ops.tidy(() => model.forward(window, run));
  const scaled = await forecast.data();
  const inUnit = Float64Array.from(scaled);
  for (let row = 0; row < batch.size; row++) {
    const of = inUnit.subarray(row * horizon, (row + 1) * horizon);
    of.set(scaler.inverse(of, set.ids[batch.series[row]!]!));
  }
  const length = batch.input.length / batch.size;
  const comparable = Array.from({ length: batch.size }, (_, row) => batch.inputMask[row * length] === 1);
  const transform = adam({ learningRate: 1e-3 });
  const optimizer = createOptimizer({ ops, parameters: model.parameters, transform });
  const losses: number[] = [];
  for (let update = 0; update < updates; update++) {
    const { value, grads } = ops.variableGrads(
      () => mse(ops, model.forward(window, run), target),
      [...model.parameters.values()],
    );
    optimizer.apply(grads);
    losses.push((await value.data())[0]!);
    ops.dispose([value, ...Object.values(grads)]);
  }
  ops.dispose([forecast, target, ...Object.values(window)]);
  optimizer.dispose();
  model.dispose();
  return { comparable, forecast: inUnit.filter((_, i) => comparable[Math.floor(i / horizon)]), losses };
}

/** Two series in units of their own, a covariate known ahead, gaps. */
function madeSet(): SeriesSet {
  const length = 400;
  const random = uniformValues(4 * length, { seed: 5, counter: 0 });
  const series = ['a', 'b'].map((id, i) => {
    const known = Float64Array.from({ length }, (_, t) => 7 + 3 * random[i * length + t]!);
    const values = Float64Array.from({ length }, (_, t) => {
      const wave = 20 + 5 * Math.sin((2 * Math.PI * t) / 24 + i) + 4 * known[t]! + random[(2 + i) * length + t]!;
      return (t * 7 + i) % 23 < 2 ? Number.NaN : wave * (1 + 30 * i);
    });
    return { id, start: '2024-01-01T00:00:00Z', values, future: { known } };
  });
  return seriesFromArrays(series, { frequency: '1h' });
}

/** Those over the last 20 steps of each series. */
function lastWindows(set: SeriesSet, inputSize: number): Windows {
  const ends = Float64Array.from(set.ids, () => 400);
  return windows(set, { inputSize, horizon, ranges: { starts: ends.map((end) => end - 20), ends }, strict: false });
}

function tensorsOf<T extends Tensor>(ops: NetworkOps<T>, batch: Batch): WindowTensors<T> {
  const { size, input, inputMask, future } = batch;
  return {
    input: ops.tensor(input, [size, input.length / size]),
    inputMask: ops.tensor(inputMask, [size, input.length / size]),
    future: ops.tensor(future!, [size, future!.length / size, 1]),
  };
}
