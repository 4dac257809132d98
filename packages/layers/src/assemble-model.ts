import type { Json, NamedArray, NamedArrays, NetworkOps, NeuralModel, Tensor, Variable } from '@nt/tensor';
import { checkStart, checkWeights, namedArray } from './weight-arrays.ts';

/** The parts of a network. */
export interface ModelParts<T extends Tensor> {
  readonly modelType: string;
  readonly config: Json;
  /** All weights, trained or not: matrices `[inputs, outputs]`. */
  readonly parameters: ReadonlyMap<string, Variable<T>>;
  /** Whether training may change one; default all. */
  readonly isTrained?: (name: string) => boolean;
  /** Further names of a weight in files, as PyTorch gives them to what layers share. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  /** Freed with the weights. */
  readonly constants?: readonly T[];
  /** Weights to begin with instead of those it has, some or all. */
  readonly start?: NamedArrays;
  readonly forward: NeuralModel<T>['forward'];
}

/**
 * A network of weights and a forward pass. Files hold weights in PyTorch's layout, matrices as `[outputs, inputs]`.
 *
 * @throws LayersError `layers/weights` for a `start` that does not fit; everything is freed then
 */
export function assembleModel<T extends Tensor>(ops: NetworkOps<T>, parts: ModelParts<T>): NeuralModel<T> {
  const { parameters: all, isTrained = () => true, aliases = {}, constants = [], start = {} } = parts;
  const trained = new Map([...all].filter(([name]) => isTrained(name)));
  const shapes = new Map(
    Object.entries(
      withAliases(
        aliases,
        mapValues(all, (parameter) => [...parameter.shape].reverse()),
      ),
    ),
  );
  const assign = (arrays: NamedArrays): void => {
    for (const [name, parameter] of all) if (arrays[name]) assignPyTorch(ops, parameter, arrays[name]);
  };
  const dispose = (): void => void ops.dispose([...all.values(), ...constants]);
  try {
    checkStart(shapes, start);
  } catch (error) {
    dispose();
    throw error;
  }
  assign(start);
  return {
    modelType: parts.modelType,
    config: parts.config,
    parameters: trained,
    numParameters: [...trained.values()].reduce((total, { shape }) => total + shape.reduce((a, b) => a * b, 1), 0),
    forward: parts.forward,
    saveWeights: async () => {
      const entries = [...all].map(async ([name, parameter]) => [name, await toPyTorch(ops, parameter)] as const);
      return withAliases(aliases, Object.fromEntries(await Promise.all(entries)));
    },
    loadWeights: (arrays) => {
      checkWeights(shapes, arrays);
      assign(arrays);
    },
    dispose,
  };
}

const mapValues = <From, To>(map: ReadonlyMap<string, From>, to: (value: From) => To): Record<string, To> =>
  Object.fromEntries([...map].map(([name, value]) => [name, to(value)]));

function withAliases<Value>(aliases: NonNullable<ModelParts<never>['aliases']>, named: Record<string, Value>) {
  const shared = Object.entries(aliases).flatMap(([first, others]) => others.map((name) => [name, named[first]!]));
  return { ...named, ...(Object.fromEntries(shared) as Record<string, Value>) };
}

/** `mlp` wants `[inputs, outputs]`, PyTorch stores `[outputs, inputs]`; the engine turns it in less time than we do. */
async function toPyTorch<T extends Tensor>(ops: NetworkOps<T>, parameter: Variable<T>): Promise<NamedArray> {
  const turned = ops.keep(ops.transpose(parameter));
  try {
    return namedArray([...parameter.shape].reverse(), await turned.data());
  } finally {
    turned.dispose();
  }
}

function assignPyTorch<T extends Tensor>(
  ops: NetworkOps<T>,
  parameter: Variable<T>,
  { shape, data }: NamedArray,
): void {
  const stored = ops.tensor(data, shape);
  const value = ops.transpose(stored);
  parameter.assign(value);
  ops.dispose([stored, value]);
}
