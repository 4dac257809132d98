import { createNbeats } from '@nt/nbeats';
import { createNhits } from '@nt/nhits';
import type { Backend, NetworkOps, NeuralModel, Tensor, WindowTensors } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { createStockCpu } from './create-stock-cpu.ts';
import { largestDifference } from './largest-difference.ts';
import { networkCases } from './network-cases.ts';
import { waveWindow } from './wave-window.ts';

/** What an engine made of a network; differences are relative to the largest value. */
export interface ComparedNetwork {
  readonly name: string;
  /** From the float64 reference's. */
  readonly forecast: number;
  /** From those of tfjs's CPU engine, which @nt/nhits and @nt/nbeats compare with PyTorch's. */
  readonly gradients: number;
}

/** Forecast and gradients of every network with the same weights, which are drawn on the host. */
export async function compareNetworks<T extends Tensor>(create: () => Promise<Backend<T>>): Promise<ComparedNetwork[]> {
  const reference = await onEach(createReferenceBackend(), forecastOf);
  const stock = await createStockCpu();
  const expected = await onEach(stock, gradientsOf);
  await stock.dispose();

  const backend = await create();
  const forecasts = await onEach(backend, forecastOf);
  const gradients = await onEach(backend, gradientsOf);
  await backend.settle();
  await backend.dispose();
  return networkCases.map(({ name }, i) => ({
    name,
    forecast: largestDifference(forecasts[i]!, reference[i]!),
    gradients: largestDifference(gradients[i]!, expected[i]!),
  }));
}

type Measure = <T extends Tensor>(
  ops: NetworkOps<T>,
  model: NeuralModel<T>,
  window: WindowTensors<T>,
) => Promise<number[]>;

async function onEach<T extends Tensor>({ ops }: Backend<T>, measure: Measure): Promise<number[][]> {
  const found: number[][] = [];
  for (const one of networkCases) {
    const model: NeuralModel<T> =
      one.network === 'nhits' ? createNhits(ops, one.options) : createNbeats(ops, one.options);
    const window = waveWindow(ops, one.options, one.batch);
    found.push(await measure(ops, model, window));
    ops.dispose(Object.values(window));
    model.dispose();
  }
  return found;
}

const run = { training: false, random: { seed: 1, counter: 0 } };

const forecastOf: Measure = async (ops, model, window) => {
  const forecast = ops.tidy(() => model.forward(window, run));
  const values = await valuesOf(forecast);
  forecast.dispose();
  return values;
};

/** Of the sum of squared outputs, for all weights. */
const gradientsOf: Measure = async (ops, model, window) => {
  const { value, grads } = ops.variableGrads(() => {
    const outputs = model.forward(window, run);
    return ops.sum(ops.mul(outputs, outputs));
  }, [...model.parameters.values()]);
  const values = await Promise.all([...model.parameters.keys()].map((name) => valuesOf(grads[name]!)));
  ops.dispose([value, ...Object.values(grads)]);
  return values.flat();
};

const valuesOf = async (tensor: Tensor): Promise<number[]> => Array.from(await tensor.data());
