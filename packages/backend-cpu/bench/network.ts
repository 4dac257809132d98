import {
  type DenseLayer,
  elementwiseRule,
  type NetworkOps,
  type Tensor,
  uniformValues,
  type Variable,
} from '@nt/tensor';

const inputSize = 168;
const horizon = 24;
const width = 512;
/** Per block: pooling kernel and knots of the forecast; N-HiTS as neuralforecast 3.3 builds it by default. */
const blocks = [
  { kernelSize: 2, knots: 6 },
  { kernelSize: 2, knots: 12 },
  { kernelSize: 1, knots: 24 },
] as const;

/** Adam after clipping by norm, as @nt/optim writes it: bias correction is in `rate` and `offset`. */
const adam = elementwiseRule({
  name: 'adam',
  inputs: ['gradient', 'weight', 'mean', 'square'],
  scalars: ['norm', 'maxNorm', 'share1', 'beta2', 'share2', 'offset', 'rate'],
  definitions: [
    ['factor', ['/', 'maxNorm', ['max', 'norm', 'maxNorm']]],
    ['scaled', ['*', 'factor', 'gradient']],
    ['meanNext', ['+', 'mean', ['*', 'share1', ['-', 'scaled', 'mean']]]],
    ['squareNext', ['+', ['*', 'beta2', 'square'], ['*', 'share2', ['*', 'scaled', 'scaled']]]],
    ['direction', ['/', 'meanNext', ['+', ['sqrt', 'squareNext'], 'offset']]],
  ],
  outputs: [
    ['mean', 'meanNext'],
    ['square', 'squareNext'],
    ['weight', ['-', 'weight', ['*', 'rate', 'direction']]],
  ],
});

interface Layer<T extends Tensor> extends DenseLayer<T> {
  readonly w: Variable<T>;
  readonly b: Variable<T>;
}

/** One training update: forward, MAE, backward, clipping by norm, Adam. Returns the loss. */
export interface Training {
  update(): Promise<number>;
  /** The same without reading the loss back. */
  updateOnly(): void;
  /** Forecasts the batch. */
  forecastOnly(): void;
  readonly parameters: number;
  /** Frees everything; names of variables may be used again. */
  dispose(): void;
}

/** The benchmark's network with its optimizer on any engine, and one fixed batch. */
export function createTraining<T extends Tensor>(ops: NetworkOps<T>, batch: number): Training {
  let drawn = 0;
  const draw = (shape: number[], scale: number): T => {
    const values = uniformValues(
      shape.reduce((a, b) => a * b, 1),
      { seed: 7, counter: drawn++ },
    );
    return ops.tensor(
      values.map((u) => (2 * u - 1) * scale),
      shape,
    );
  };
  const layer = (inputs: number, outputs: number, activation: DenseLayer<T>['activation']): Layer<T> => {
    const scale = 1 / Math.sqrt(inputs);
    const name = `layer${drawn}`;
    return {
      w: ops.variable(draw([inputs, outputs], scale), { name: `${name}.weight` }),
      b: ops.variable(draw([outputs], scale), { name: `${name}.bias` }),
      activation,
    };
  };
  const net = blocks.map(({ kernelSize, knots }) => ({
    kernelSize,
    layers: [inputSize / kernelSize, width, width, width, width].map((inputs, i) =>
      layer(inputs, i === 4 ? inputSize + knots : width, i === 0 || i === 4 ? 'linear' : 'relu'),
    ),
    knots,
    matrix: ops.tensor(interpolation(knots), [knots, horizon]),
  }));
  const x = draw([batch, inputSize], 1);
  const level = ops.slice(x, [0, inputSize - 1], [batch, 1]);
  const y = draw([batch, horizon], 1);
  const variables = net.flatMap(({ layers }) => layers.flatMap(({ w, b }) => [w, b]));
  const moments = variables.map(({ shape }) => ({ mean: ops.zeros(shape), square: ops.zeros(shape) }));

  const predict = (): T => {
    let [residual, forecast] = [x, level];
    for (const { kernelSize, layers, knots, matrix } of net) {
      const pooled = kernelSize === 1 ? residual : ops.maxPool1d(residual, { kernelSize });
      const h = ops.mlp(pooled, layers);
      residual = ops.sub(residual, ops.slice(h, [0, 0], [batch, inputSize]));
      forecast = ops.add(forecast, ops.constMatMul(ops.slice(h, [0, inputSize], [batch, knots]), matrix));
    }
    return forecast;
  };
  const forward = (): T => ops.mul(ops.sum(ops.abs(ops.sub(predict(), y))), ops.tensor([1 / (batch * horizon)], []));

  let updates = 0;
  const run = (): T => {
    updates++;
    const { value, grads } = ops.variableGrads(forward, variables);
    const gradients = variables.map(({ name }) => grads[name]!);
    const norm = ops.globalNorm(gradients);
    const correction = Math.sqrt(1 - 0.999 ** updates);
    const scalars = {
      norm,
      maxNorm: 1,
      share1: 1 - 0.9,
      beta2: 0.999,
      share2: 1 - 0.999,
      offset: 1e-8 * correction,
      rate: (1e-3 * correction) / (1 - 0.9 ** updates),
    };
    const groups = variables.map((weight, i) => ({ gradient: gradients[i]!, weight: weight as T, ...moments[i]! }));
    const results = ops.elementwiseEach(adam, groups, scalars, { donate: ['weight', 'mean', 'square'] });
    for (const [i, { weight, mean, square }] of results.entries()) {
      variables[i]!.assign(weight);
      ops.dispose([gradients[i]!, moments[i]!.mean, moments[i]!.square, weight]);
      moments[i] = { mean, square };
    }
    ops.dispose(norm);
    return value;
  };
  return {
    parameters: variables.reduce((total, { shape }) => total + shape.reduce((a, b) => a * b, 1), 0),
    updateOnly: () => ops.dispose(run()),
    forecastOnly: () => ops.dispose(ops.tidy(predict)),
    dispose() {
      for (const variable of variables) variable.dispose();
      ops.dispose([
        ...moments.flatMap(({ mean, square }) => [mean, square]),
        ...net.map(({ matrix }) => matrix),
        x,
        level,
        y,
      ]);
    },
    async update() {
      const value = run();
      const [loss] = Array.from(await value.data());
      ops.dispose(value);
      return loss!;
    },
  };
}

/** Weights of linear interpolation from knots to time steps (PyTorch's align_corners=False). */
function interpolation(knots: number): Float32Array {
  const matrix = new Float32Array(knots * horizon);
  for (let t = 0; t < horizon; t++) {
    const at = Math.min(Math.max(((t + 0.5) * knots) / horizon - 0.5, 0), knots - 1);
    const low = Math.min(Math.floor(at), knots - 2);
    matrix[low * horizon + t] = 1 - (at - low);
    matrix[(low + 1) * horizon + t] = at - low;
  }
  return matrix;
}
