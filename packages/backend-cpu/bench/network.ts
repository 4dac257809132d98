import {
  type Backend,
  type CaptureSite,
  type DenseLayer,
  elementwiseRule,
  type Tensor,
  uniformValues,
  type Variable,
} from '@nt/tensor';

const inputSize = 168;
const horizon = 24;
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

/** Options of `createTraining`. */
export interface TrainingOptions {
  readonly batch: number;
  /** Of the hidden layers. */
  readonly width: number;
  /** Whether updates are recorded and repeated. */
  readonly isCaptured: boolean;
}

/** The benchmark's network with its optimizer on any engine, and one fixed batch. */
export function createTraining<T extends Tensor>(
  { ops, captureSite }: Backend<T>,
  { batch, width, isCaptured }: TrainingOptions,
): Training {
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
  const batchTensors = [x, level, y];
  const variables = net.flatMap(({ layers }) => layers.flatMap(({ w, b }) => [w, b]));
  const moments = variables.map(({ shape }) => ({ mean: ops.zeros(shape), square: ops.zeros(shape) }));

  /** The part of a block's last layer that the forecast needs: nobody reads what the last block leaves over. */
  const forecasting = ({ w, b, activation }: DenseLayer<T>, knots: number): DenseLayer<T> => ({
    w: ops.slice(w, [0, inputSize], [width, knots]),
    b: ops.slice(b, [inputSize], [knots]),
    activation,
  });
  const predict = (x: T, level: T): T => {
    let [residual, forecast] = [x, level];
    for (const [i, { kernelSize, layers, knots, matrix }] of net.entries()) {
      const pooled = kernelSize === 1 ? residual : ops.maxPool1d(residual, { kernelSize });
      const isLast = i === net.length - 1;
      const h = ops.mlp(pooled, isLast ? [...layers.slice(0, -1), forecasting(layers.at(-1)!, knots)] : layers);
      if (!isLast) residual = ops.sub(residual, ops.slice(h, [0, 0], [batch, inputSize]));
      const theta = isLast ? h : ops.slice(h, [0, inputSize], [batch, knots]);
      forecast = ops.add(forecast, ops.constMatMul(theta, matrix));
    }
    return forecast;
  };
  const gradientsOf = ([x, level, y]: readonly T[]): { loss: T; gradients: T[] } => {
    const forward = (): T =>
      ops.mul(ops.sum(ops.abs(ops.sub(predict(x!, level!), y!))), ops.tensor([1 / (batch * horizon)], []));
    const { value, grads } = ops.variableGrads(forward, variables);
    return { loss: value, gradients: variables.map(({ name }) => grads[name]!) };
  };
  let updates = 0;
  const numbers = (): { share1: number; beta2: number; share2: number; offset: number; rate: number } => {
    const correction = Math.sqrt(1 - 0.999 ** updates);
    const [offset, rate] = [1e-8 * correction, (1e-3 * correction) / (1 - 0.9 ** updates)];
    return { share1: 1 - 0.9, beta2: 0.999, share2: 1 - 0.999, offset, rate };
  };
  const applyAdam = (gradients: readonly T[]): void => {
    const norm = ops.globalNorm(gradients);
    const scalars = { norm, maxNorm: 1, ...numbers() };
    const groups = variables.map((weight, i) => ({ gradient: gradients[i]!, weight: weight as T, ...moments[i]! }));
    const donate = ['weight', 'mean', 'square'] as const;
    const results = ops.elementwiseEach(adam, groups, scalars, { donate, late: numbers });
    for (const [i, { weight, mean, square }] of results.entries()) {
      variables[i]!.assign(weight);
      ops.dispose([moments[i]!.mean, moments[i]!.square, weight]);
      moments[i] = { mean: ops.keep(mean), square: ops.keep(square) };
    }
    ops.dispose(norm);
  };
  const run = (): T => {
    updates++;
    const { loss, gradients } = gradientsOf(batchTensors);
    applyAdam(gradients);
    ops.dispose(gradients);
    return loss;
  };
  const sites: readonly CaptureSite<T>[] = isCaptured ? [captureSite!(), captureSite!()] : [];
  const runCaptured = (): T => {
    updates++;
    const { loss, gradients } = sites[0]!.run({ inputs: batchTensors, key: '' }, gradientsOf);
    const uses = [...variables, ...moments.flatMap(({ mean, square }) => [mean, square]), ...gradients];
    sites[1]!.run({ inputs: [], uses, key: '' }, () => {
      applyAdam(gradients);
      return [];
    });
    return loss;
  };
  return {
    parameters: variables.reduce((total, { shape }) => total + shape.reduce((a, b) => a * b, 1), 0),
    updateOnly: () => (isCaptured ? void runCaptured() : ops.dispose(run())),
    forecastOnly: () => ops.dispose(ops.tidy(() => predict(x, level))),
    dispose() {
      for (const site of sites) site.dispose();
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
      const value = isCaptured ? runCaptured() : run();
      const [loss] = Array.from(await value.data());
      if (!isCaptured) ops.dispose(value);
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
