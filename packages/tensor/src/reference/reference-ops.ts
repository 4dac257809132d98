import type { NetworkOps } from '../network-ops.ts';
import { keyOf } from '../random/random-key.ts';
import { uniformValues } from '../random/uniform-values.ts';
import { checkRuleArguments } from '../rules/check-rule-arguments.ts';
import type { ElementwiseRule } from '../rules/elementwise-rule.ts';
import { logGammaRule } from '../rules/log-gamma-rules.ts';
import { TensorError } from '../tensor-error.ts';
import { arithmeticOps } from './arithmetic-ops.ts';
import { evaluateRule } from './evaluate-rule.ts';
import { layoutOps } from './layout-ops.ts';
import { matrixOps } from './matrix-ops.ts';
import { poolOps } from './pool-ops.ts';
import type { ReferenceTensor } from './reference-tensor.ts';
import { sizeOf } from './shapes.ts';
import type { TensorStore } from './tensor-store.ts';

type Gradients = 'variable' | 'variableGrads' | 'recompute';

/** All operations of the reference but those that deal with variables. */
export function referenceOps(store: TensorStore): Omit<NetworkOps<ReferenceTensor>, Gradients> {
  type Scalars = Readonly<Record<string, number | ReferenceTensor>>;
  const elementwiseEach = (
    rule: ElementwiseRule,
    groups: readonly Readonly<Record<string, ReferenceTensor>>[],
    scalars: Scalars,
    donate: readonly string[] = [],
  ): Record<string, ReferenceTensor>[] => {
    const results = groups.map((inputs) => {
      const shape = checkRuleArguments(rule, inputs, scalars, donate);
      const numbers = Object.entries(scalars).map(
        ([name, s]) => [name, typeof s === 'number' ? s : s.values[0]!] as const,
      );
      const arrays = Object.entries(inputs).map(([name, tensor]) => [name, tensor.values] as const);
      const outputs = evaluateRule(rule, sizeOf(shape), new Map(arrays), new Map(numbers));
      return Object.fromEntries([...outputs].map(([name, values]) => [name, store.make(shape, values)]));
    });
    for (const inputs of groups) for (const name of donate) inputs[name]!.values.fill(Number.NaN);
    return results;
  };
  const elementwise = (
    rule: ElementwiseRule,
    inputs: Readonly<Record<string, ReferenceTensor>>,
    scalars: Scalars,
    donate?: readonly string[],
  ): Record<string, ReferenceTensor> => elementwiseEach(rule, [inputs], scalars, donate)[0]!;
  const tensor: NetworkOps<ReferenceTensor>['tensor'] = (values, shape, dtype = 'float') => {
    if (values.length !== sizeOf(shape)) {
      throw new TensorError(
        'tensor/shape',
        `tensor: shape [${shape}] holds ${sizeOf(shape)} values, got ${values.length}.`,
      );
    }
    return dtype === 'int32'
      ? store.make(shape, Float64Array.from(values, Math.trunc), 'int32')
      : store.make(shape, Float64Array.from(values));
  };
  return {
    ...arithmeticOps(store),
    ...layoutOps(store),
    ...matrixOps(store),
    ...poolOps(store),
    tensor,
    borrow: tensor,
    zeros: (shape) => store.make(shape, new Float64Array(sizeOf(shape))),
    randomUniform: (shape, key) => store.make(shape, Float64Array.from(uniformValues(sizeOf(shape), keyOf(key)))),
    logGamma: (x) => elementwise(logGammaRule, { x }, {})['y']!,
    elementwise: (rule, inputs, scalars, options) =>
      elementwise(rule, inputs, scalars, options?.donate) as Record<(typeof rule.outputs)[number][0], ReferenceTensor>,
    elementwiseEach: (rule, groups, scalars, options) =>
      elementwiseEach(rule, groups, scalars, options?.donate) as Record<
        (typeof rule.outputs)[number][0],
        ReferenceTensor
      >[],
    globalNorm: (tensors) => {
      const squares = tensors.reduce((total, tensor) => tensor.values.reduce((sum, x) => sum + x * x, total), 0);
      return store.make([], Float64Array.of(Math.sqrt(squares)));
    },
    tidy: (f) => store.tidy(f),
    keep: (x) => {
      store.keep(x);
      return x;
    },
    dispose: (x) => {
      for (const tensor of Array.isArray(x) ? x : [x]) tensor.dispose();
    },
  };
}
