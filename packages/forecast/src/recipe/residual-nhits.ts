import { createNhits, type NhitsModel, type NhitsOptions, type NhitsPart, nhitsConfig } from '@nt/nhits';
import type { NamedArray, NamedArrays, NetworkOps, NeuralModel, Tensor, Variable, WindowTensors } from '@nt/tensor';
import type { ModelFactory, ModelInit, ModelOptions, ModelSize } from '../models/model-factory.ts';
import { centreWindow } from './residual-network.ts';

/** What a residual N-HiTS looks like. */
export interface ResidualOptions {
  /** Time steps that the network sees, at most the input size; the linear part sees all. */
  readonly lookback: number;
  /** Whether a linear forecast is trained beside it. */
  readonly linearSkip: boolean;
  /** How many of the covariates known ahead, the last ones, are told for the first step of the forecast only. */
  readonly calendar: number;
  /** Of the N-HiTS network. */
  readonly network: ModelOptions;
}

/** Where the linear part begins: `[inputSize, horizon]`, row-major, of a window less its last value. */
export type LinearStart = Float64Array;

/**
 * N-HiTS on what a simple forecast leaves over:
 *
 *   ŷ = last + W (x − last) + b + s · N-HiTS((x − last) / s)   s = √(var(x) + 0.01)
 *
 * where W and b are there with `linearSkip` only. The forecast rows of the network's heads begin at 0, so that training
 * begins at the simple forecast.
 *
 * @param start of `W`; default 0
 */
export function residualNhits(start?: LinearStart): ModelFactory {
  return {
    modelType: 'residual-nhits',
    check: (size, options) => void nhitsConfig(innerOptions(size, residualOptions(options))),
    create: (ops, size, options, init) => createResidual(ops, size, residualOptions(options), init, start),
  };
}

const residualOptions = (options: ModelOptions): ResidualOptions => options as unknown as ResidualOptions;

const innerOptions = (size: ModelSize, { lookback, calendar, network }: ResidualOptions): NhitsOptions => ({
  ...(network as Partial<NhitsOptions>),
  ...size,
  inputSize: lookback,
  // Checked once before it is known which covariates there are.
  future: Math.max(size.future - calendar, 0),
  static: size.static + calendar,
});

function createResidual<T extends Tensor>(
  ops: NetworkOps<T>,
  size: ModelSize,
  options: ResidualOptions,
  init: ModelInit,
  start: LinearStart | undefined,
): NeuralModel<T> & Pick<NhitsModel<T>, 'decompose'> {
  const { inputSize, horizon } = size;
  const inner = createNhits(ops, innerOptions(size, options), init);
  if (!init.weightsFollow) clearForecasts(ops, inner, options.lookback);
  const linear = options.linearSkip ? linearPart(ops, inputSize, horizon, init, start) : new Map<string, Variable<T>>();
  const parameters = new Map([...linear, ...inner.parameters]);
  const place = { lookback: options.lookback, horizon, calendar: options.calendar };
  const wide = (x: T): T => ops.reshape(x, [x.shape[0]!, 1, 1]);
  const linearForecast = (centred: T): T | null => {
    const [weight, bias] = [linear.get(names.weight), linear.get(names.bias)];
    if (!weight || !bias) return null;
    return ops.reshape(ops.dense(centred, weight, bias, 'linear'), [centred.shape[0]!, horizon, 1]);
  };
  return {
    modelType: 'residual-nhits',
    config: { ...options, ...size } as unknown as NeuralModel<T>['config'],
    parameters,
    numParameters: [...parameters.values()].reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
    forward: (window: WindowTensors<T>, run) => {
      const { window: own, last, scale, centred } = centreWindow(ops, window, place);
      const learned = ops.mul(inner.forward(own, run), wide(scale));
      const forecast = ops.add(learned, wide(last));
      const line = linearForecast(centred);
      return line ? ops.add(forecast, line) : forecast;
    },
    decompose: (window: WindowTensors<T>) =>
      ops.tidy(() => {
        const { window: own, last, scale, centred } = centreWindow(ops, window, place);
        const line = linearForecast(centred);
        return inner.decompose(own).flatMap(({ stack, forecast }): NhitsPart<T>[] => {
          const scaled = ops.mul(forecast, wide(scale));
          if (stack !== null) return [{ stack, forecast: scaled }];
          const level = { stack, forecast: ops.add(scaled, wide(last)) };
          return line ? [level, { stack: 'skip', forecast: line }] : [level];
        });
      }),
    saveWeights: async () => ({ ...(await inner.saveWeights()), ...(await readAll(linear)) }),
    loadWeights: (arrays) => {
      const own = Object.fromEntries(Object.entries(arrays).filter(([name]) => !linear.has(name)));
      inner.loadWeights(own);
      for (const [name, parameter] of linear) assignArray(ops, parameter, arrays[name]);
    },
    dispose: () => {
      inner.dispose();
      ops.dispose([...linear.values()]);
    },
  };
}

const names = { weight: 'linear.weight', bias: 'linear.bias' } as const;

function linearPart<T extends Tensor>(
  ops: NetworkOps<T>,
  inputSize: number,
  horizon: number,
  { scope }: ModelInit,
  start: LinearStart | undefined,
): ReadonlyMap<string, Variable<T>> {
  const create = (name: string, shape: readonly number[], values?: Float64Array): [string, Variable<T>] => {
    const initial = values ? ops.tensor(values, shape) : ops.zeros(shape);
    const variable = ops.variable(initial, { name: `${scope}${name}` });
    ops.dispose(initial);
    return [name, variable];
  };
  return new Map([create(names.weight, [inputSize, horizon], start), create(names.bias, [horizon])]);
}

/** The columns of each block's last layer that become its forecast. */
function clearForecasts<T extends Tensor>(ops: NetworkOps<T>, { parameters }: NhitsModel<T>, lookback: number): void {
  const lastOf = new Map<string, Variable<T>[]>();
  for (const [name, parameter] of parameters) {
    const [, block, , kind] = /^blocks\.(\d+)\.layers\.(\d+)\.(weight|bias)$/.exec(name)!;
    const known = lastOf.get(block!) ?? [];
    lastOf.set(block!, kind === 'weight' ? [parameter] : [known[0]!, parameter]);
  }
  for (const parameter of [...lastOf.values()].flat()) {
    const outputs = parameter.shape.at(-1)!;
    const kept = Float32Array.from({ length: outputs }, (_, column) => (column < lookback ? 1 : 0));
    const [mask] = [ops.tensor(kept, parameter.shape.length === 1 ? [outputs] : [1, outputs])];
    const value = ops.mul(parameter, mask);
    parameter.assign(value);
    ops.dispose([mask, value]);
  }
}

async function readAll<T extends Tensor>(parameters: ReadonlyMap<string, Variable<T>>): Promise<NamedArrays> {
  const entries = [...parameters].map(async ([name, parameter]): Promise<[string, NamedArray]> => {
    const values = await parameter.data();
    const isDouble = values instanceof Float64Array;
    const data = isDouble ? values.slice() : new Float32Array(values);
    return [name, { shape: [...parameter.shape], dtype: isDouble ? 'float64' : 'float32', data }];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function assignArray<T extends Tensor>(
  ops: NetworkOps<T>,
  parameter: Variable<T>,
  array: NamedArray | undefined,
): void {
  if (array === undefined) throw new TypeError('residual-nhits: the weights of the linear part are missing.');
  const value = ops.tensor(array.data, array.shape);
  parameter.assign(value);
  ops.dispose(value);
}
