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
  /** The forward pass. */
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
      const arrays: Record<string, NamedArray> = {};
      for (const some of fewAtATime(all)) {
        const read = some.map(async ([name, parameter]) => [name, await toPyTorch(ops, parameter)] as const);
        Object.assign(arrays, Object.fromEntries(await Promise.all(read)));
      }
      return withAliases(aliases, arrays);
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

/** Elements that are turned and read at once: enough to hide a device's answer time, few beside a whole network. */
const mostAtOnce = 1 << 18;

/** In order: turned all at once, a network's weights would lie on the engine twice. */
function* fewAtATime<T extends Tensor>(all: ReadonlyMap<string, Variable<T>>): Generator<[string, Variable<T>][]> {
  let [some, elements]: [[string, Variable<T>][], number] = [[], 0];
  for (const [name, parameter] of all) {
    some.push([name, parameter]);
    elements += parameter.shape.reduce((a, b) => a * b, 1);
    if (elements < mostAtOnce) continue;
    yield some;
    [some, elements] = [[], 0];
  }
  yield some;
}

/** `mlp` wants `[inputs, outputs]`, PyTorch stores `[outputs, inputs]`; the engine turns it in less time than we do. */
async function toPyTorch<T extends Tensor>(ops: NetworkOps<T>, parameter: Variable<T>): Promise<NamedArray> {
  const turned = ops.keep(ops.transpose(parameter));
  try {
    const values = await turned.data();
    // A matrix was turned into memory of its own, which nobody has any more; a vector may be read where it lies.
    return namedArray([...parameter.shape].reverse(), values, parameter.shape.length > 1);
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
