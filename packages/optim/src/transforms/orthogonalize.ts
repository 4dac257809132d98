import { elementwiseRule, type Tensor, type TensorOps } from '@nt/tensor';
import { type GradientTransform, type TransformStep, transformStep } from '../gradient-transform.ts';
import { OptimError } from '../optim-error.ts';
import { checkOptions } from '../options/check-options.ts';
import { checkInteger, checkRange } from '../options/hyperparameter.ts';

/** Options of `orthogonalize`. */
export interface OrthogonalizeOptions {
  /** Newton–Schulz iterations, an integer >= 1; default 5. */
  readonly iterations?: number;
  /** a, b, c of `X ← aX + (bA + cA²)X`, `A = XXᵀ`; default [3.4445, −4.775, 2.0315]. */
  readonly coefficients?: readonly [number, number, number];
  /** Smallest norm to divide by; default 1e-7. */
  readonly eps?: number;
}

/** Keys of `OrthogonalizeOptions`, for recipes that have them too. */
export const orthogonalizeKeys: readonly (keyof OrthogonalizeOptions)[] = ['iterations', 'coefficients', 'eps'];

const normalizeRule = /* @__PURE__ */ elementwiseRule({
  name: 'normalize',
  inputs: ['x'],
  scalars: ['norm', 'eps'],
  definitions: [],
  outputs: [['y', ['/', 'x', ['max', 'norm', 'eps']]]],
});

const combineRule = /* @__PURE__ */ elementwiseRule({
  name: 'combine',
  inputs: ['x', 'y'],
  scalars: ['a', 'b'],
  definitions: [],
  outputs: [['z', ['+', ['*', 'a', 'x'], ['*', 'b', 'y']]]],
});

/**
 * Replaces each matrix by an approximately orthogonal one with the same singular vectors (singular values about 0.7 to
 * 1.2): the heart of Muon. Rank 2 only; restrict it with `onlyFor`.
 *
 * Differs from torch.optim.Muon, which iterates in bfloat16: here the engine's own width is used.
 *
 * @throws OptimError `optim/out-of-range`, `optim/transform` (from createOptimizer) for another rank
 * Source: Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks".
 */
export function orthogonalize(options: OrthogonalizeOptions = {}): GradientTransform {
  checkOptions('orthogonalize', options, orthogonalizeKeys);
  return orthogonalizeAs('orthogonalize', options);
}

/** The same for the recipe `owner`; `factor` of the shape multiplies the result, `settings` say how it does. */
export function orthogonalizeAs(
  owner: string,
  options: OrthogonalizeOptions,
  factor: (shape: readonly number[]) => number = () => 1,
  settings: TransformStep['settings'] = {},
): GradientTransform {
  const iterations = checkInteger(`${owner}.iterations`, options.iterations ?? 5, 1);
  const eps = checkRange(`${owner}.eps`, options.eps ?? 1e-7, '>= 0');
  const coefficients = options.coefficients ?? [3.4445, -4.775, 2.0315];
  if (!Array.isArray(coefficients) || coefficients.length !== 3 || !coefficients.every(Number.isFinite)) {
    throw new OptimError(
      'optim/option',
      `${owner}.coefficients: expected three finite numbers, got ${String(coefficients)}.`,
      { coefficients },
    );
  }
  const step = transformStep({
    name: 'orthogonalize',
    settings: { iterations, eps, coefficients, ...settings },
    check: (parameter) => checkMatrix(owner, parameter),
    measure: {
      of: 'values',
      measure: (ops, { gradient, parameter }) => ({
        inputs: { orthogonal: newtonSchulz(ops, gradient, { iterations, eps, coefficients }) },
        scalars: { factor: factor(parameter.shape) },
      }),
    },
    write: ({ input, measured }) => ({ gradient: input('orthogonal'), factor: measured('factor') }),
  });
  return { name: 'orthogonalize', steps: [step] };
}

function checkMatrix(
  owner: string,
  { name, shape }: { readonly name: string; readonly shape: readonly number[] },
): void {
  if (shape.length === 2) return;
  throw new OptimError(
    'optim/transform',
    `${owner}: expected matrices, '${name}' has shape [${shape}]. Restrict it with onlyFor(({ shape }) => shape.length === 2, …).`,
    { name, shape },
  );
}

/** The smaller of XXᵀ and XᵀX is iterated with, which gives the same polynomial. */
function newtonSchulz<T extends Tensor>(ops: TensorOps<T>, gradient: T, options: Required<OrthogonalizeOptions>): T {
  const { iterations, eps } = options;
  const [a, b, c] = options.coefficients;
  const isTall = gradient.shape[0]! > gradient.shape[1]!;
  const combine = (x: T, y: T, weightX: number, weightY: number): T =>
    ops.elementwise(combineRule, { x, y }, { a: weightX, b: weightY }).z;
  let x = ops.elementwise(normalizeRule, { x: gradient }, { norm: ops.globalNorm([gradient]), eps }).y;
  for (let i = 0; i < iterations; i++) {
    const gram = ops.matMul(x, x, isTall, !isTall);
    const polynomial = combine(gram, ops.matMul(gram, gram), b, c);
    x = combine(x, isTall ? ops.matMul(x, polynomial) : ops.matMul(polynomial, x), a, 1);
  }
  return x;
}
