import {
  adagrad,
  adam,
  adamax,
  adamw,
  adaptiveGradientClip,
  addGradientNoise,
  centralizeGradients,
  chain,
  clipByGlobalNorm,
  clipByValue,
  exponentialMovingAverage,
  type GradientTransform,
  type Hyperparameter,
  lamb,
  lion,
  lookahead,
  muon,
  nadam,
  onlyFor,
  radam,
  rmsprop,
  scheduleFreeAdamw,
  sgd,
  stochasticWeightAverage,
} from '../src/index.ts';

/** One optimizer under the laws. Adding a recipe is adding a row. */
export interface RecipeRow {
  readonly name: string;
  /** Options, all those that are hyperparameters among them. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly make: (options: Record<string, unknown>) => GradientTransform;
  /** Learning rate at which it solves the two problems, falling to 0 along a line. */
  readonly solvingRate: number;
}

type Make = RecipeRow['make'];

const row = (
  name: string,
  make: unknown,
  solvingRate: number,
  options: Readonly<Record<string, unknown>> = {},
): RecipeRow => ({
  name,
  make: make as Make,
  solvingRate,
  options: { learningRate: 0.02, ...options },
});

const betas = { beta1: 0.8, beta2: 0.95 };
const adaptive = { ...betas, eps: 1e-7 };

const manyTransforms: Make = (options) =>
  chain(
    clipByValue((options['limit'] as Hyperparameter) ?? 50),
    clipByGlobalNorm((options['maxNorm'] as Hyperparameter) ?? 20),
    addGradientNoise({ seed: 5, eta: (options['eta'] as Hyperparameter) ?? 1e-8 }),
    adaptiveGradientClip({ clipping: (options['clipping'] as Hyperparameter) ?? 20 }),
    adamw({ learningRate: options['learningRate'] as Hyperparameter }),
    exponentialMovingAverage({ decay: (options['decay'] as Hyperparameter) ?? 0.5 }),
    stochasticWeightAverage({ every: 2 }),
  );

const groups: Make = ({ learningRate }) =>
  chain(
    clipByGlobalNorm(30),
    onlyFor(({ name }) => name === 'b', sgd({ learningRate: 0.01 }), { name: 'bias' }),
    onlyFor(({ name }) => name !== 'b', adam({ learningRate: learningRate as Hyperparameter })),
  );

export const recipeTable: readonly RecipeRow[] = [
  row('sgd', sgd, 0.002),
  row('sgd with momentum, dampening and decay', sgd, 0.001, { momentum: 0.9, dampening: 0.1, weightDecay: 1e-4 }),
  row('sgd with nesterov', sgd, 0.0008, { momentum: 0.9, nesterov: true }),
  row('adam', adam, 0.1, { ...adaptive, weightDecay: 1e-5 }),
  row('adam with amsgrad', adam, 0.1, { ...adaptive, amsgrad: true }),
  row('adamw', adamw, 0.1, { ...adaptive, weightDecay: 1e-5 }),
  row('rmsprop', rmsprop, 0.02, { alpha: 0.9, eps: 1e-7 }),
  row('rmsprop, centered with momentum and decay', rmsprop, 0.005, {
    alpha: 0.9,
    eps: 1e-4,
    centered: true,
    momentum: 0.5,
    weightDecay: 1e-5,
  }),
  row('nadam', nadam, 0.1, { ...adaptive, momentumDecay: 0.01 }),
  row('nadam with decoupled decay', nadam, 0.1, { ...adaptive, weightDecay: 1e-5, decoupledWeightDecay: true }),
  row('radam', radam, 0.1, { ...adaptive, weightDecay: 1e-5 }),
  row('radam with decoupled decay', radam, 0.1, { weightDecay: 1e-5, decoupledWeightDecay: true }),
  row('adagrad', adagrad, 0.5, {
    learningRateDecay: 1e-4,
    eps: 1e-8,
    weightDecay: 1e-6,
    initialAccumulatorValue: 0.1,
  }),
  row('adamax', adamax, 0.1, { ...adaptive, weightDecay: 1e-5 }),
  row('lamb', lamb, 0.05, { ...adaptive, weightDecay: 1e-4 }),
  row('lion', lion, 0.01, { ...betas, weightDecay: 1e-4 }),
  row('muon', muon, 0.02, { momentum: 0.9, weightDecay: 1e-4, adamw: { learningRate: 0.1 } }),
  row('scheduleFreeAdamw', scheduleFreeAdamw, 0.1, { beta2: 0.95, eps: 1e-7, weightDecay: 1e-5 }),
  row(
    'lookahead around sgd',
    ({ every, alpha, ...options }: Record<string, never>) => lookahead(sgd(options), { every: every!, alpha: alpha! }),
    0.003,
    { every: 3, alpha: 0.5 },
  ),
  row(
    'centralized sgd for vectors',
    (options: object) =>
      chain(
        onlyFor(({ name }) => name !== 'w', centralizeGradients()),
        sgd(options),
      ),
    0.002,
  ),
  row('a chain of many transforms', manyTransforms, 0.1, {
    limit: 50,
    maxNorm: 20,
    eta: 1e-8,
    clipping: 20,
    decay: 0.5,
  }),
  row('groups', groups, 0.1),
];
