import {
  type GradientTransform,
  type ParameterPredicate,
  type TransformStep,
  transformStep,
} from '../gradient-transform.ts';
import { onlyFor } from '../only-for.ts';
import { OptimError } from '../optim-error.ts';
import { checkOptions } from '../options/check-options.ts';
import { type Hyperparameter, setting } from '../options/hyperparameter.ts';
import { descendAs } from '../transforms/descend.ts';
import { negatedIf } from '../transforms/negate-gradients.ts';
import { type OrthogonalizeOptions, orthogonalizeAs, orthogonalizeKeys } from '../transforms/orthogonalize.ts';
import { lerp } from '../transforms/scale-by-adam.ts';
import { type AdamwOptions, adamw, adamwKeys } from './adamw.ts';
import { recipe } from './recipe.ts';

const rateAdjustments = {
  original: (inputs: number, outputs: number): number => Math.sqrt(Math.max(1, outputs / inputs)),
  matchRmsAdamw: (inputs: number, outputs: number): number => 0.2 * Math.sqrt(Math.max(inputs, outputs)),
} as const;

/** Options of `muon`. */
export interface MuonOptions extends OrthogonalizeOptions {
  /** Of the matrices; default 1e-3. */
  readonly learningRate?: Hyperparameter;
  /** Decay of the momentum, in [0, 1); default 0.95. */
  readonly momentum?: Hyperparameter;
  /** Look ahead by one more step of the momentum; default true. */
  readonly nesterov?: boolean;
  /** Decoupled decay of the matrices, multiplied by the learning rate; default 0.1. */
  readonly weightDecay?: Hyperparameter;
  /** Factor of the rate: √max(1, outputs / inputs), or 0.2 √max(inputs, outputs); default `original`. */
  readonly adjustRate?: keyof typeof rateAdjustments;
  /** Where a matrix has its outputs: `[inputs, outputs]` (tfjs, @nt) or PyTorch's `[outputs, inputs]`; default the first. */
  readonly layout?: 'inputsOutputs' | 'outputsInputs';
  /** Hidden matrices; default every rank-2 parameter. First and last layers are better left to AdamW: name them here. */
  readonly matrices?: ParameterPredicate;
  /** Of AdamW for all other parameters; its hyperparameters are named `adamw.learningRate` … */
  readonly adamw?: AdamwOptions;
  /** Ascend; default false. */
  readonly maximize?: boolean;
}

const keys: readonly (keyof MuonOptions)[] = [
  ...orthogonalizeKeys,
  'learningRate',
  'momentum',
  'nesterov',
  'weightDecay',
  'adjustRate',
  'layout',
  'matrices',
  'adamw',
  'maximize',
];

/**
 * Muon: momentum whose direction is orthogonalised, for hidden matrices; AdamW for the rest. Slot `momentumBuffer`.
 *
 *     b ← μb + (1 − μ)g
 *     O ≈ (bbᵀ)^(−½) b
 *     w ← w(1 − ηλ) − η · adjust(shape) · O   (nesterov: O of (1 − μ)g + μb)
 *
 * Differs from torch.optim.Muon in width (it iterates in bfloat16, here the engine's floats) and in taking all
 * parameters, not only matrices. The momentum is an average, not SGD's sum.
 *
 * @throws OptimError `optim/unknown-option`, `optim/out-of-range`, `optim/option`
 * Source: Jordan et al. 2024; torch.optim.Muon. Golden: test/golden/second_muon.json (a float64 script of the algorithm).
 *
 * @example
 * ```ts
 * import { createOptimizer, muon } from '@nt/optim';
 * import { createReferenceBackend } from '@nt/tensor/reference';
 *
 * const { ops } = createReferenceBackend();
 * const w = ops.variable(ops.tensor([3, -2, 1, 4], [2, 2]), { name: 'w' });
 * const optimizer = createOptimizer({ ops, parameters: { w }, transform: muon({ learningRate: 0.1 }) });
 * for (let i = 0; i < 10; i++) optimizer.apply({ w }); // w is the gradient of ½w²
 * console.log(Array.from(await w.data(), (x) => x.toFixed(3)).join(' '));
 * //> 2.067 -1.315 0.714 2.668
 * ```
 */
export function muon(options: MuonOptions = {}): GradientTransform {
  checkOptions('muon', options, keys);
  checkOptions('muon.adamw', options.adamw ?? {}, adamwKeys);
  const { learningRate = 1e-3, weightDecay = 0.1, maximize = false } = options;
  const matrices = options.matrices ?? (({ shape }) => shape.length === 2);
  if (typeof matrices !== 'function') throw notOneOf('matrices', ['a function of { name, shape }'], String(matrices));
  const forMatrices = recipe(
    'muon',
    negatedIf(maximize),
    [averageMomentum(options)],
    orthogonalizeAs('muon', options, rateFactor(options), rateSettings(options)),
    descendAs('muon', learningRate, weightDecay),
  );
  const forRest = adamw({ maximize, ...options.adamw });
  return recipe(
    'muon',
    onlyFor(matrices, forMatrices),
    onlyFor((parameter) => !matrices(parameter), forRest, { name: 'adamw' }),
  );
}

const rateSettings = ({ adjustRate = 'original', layout = 'inputsOutputs' }: MuonOptions) => ({ adjustRate, layout });

function rateFactor(options: MuonOptions): (shape: readonly number[]) => number {
  const { adjustRate, layout } = rateSettings(options);
  if (!Object.hasOwn(rateAdjustments, adjustRate))
    throw notOneOf('adjustRate', Object.keys(rateAdjustments), adjustRate);
  const layouts = ['inputsOutputs', 'outputsInputs'];
  if (!layouts.includes(layout)) throw notOneOf('layout', layouts, layout);
  return ([rows, columns]) =>
    rateAdjustments[adjustRate](
      ...((layout === 'inputsOutputs' ? [rows!, columns!] : [columns!, rows!]) as [number, number]),
    );
}

function notOneOf(option: string, expected: readonly string[], received: string): OptimError {
  return new OptimError(
    'optim/option',
    `muon.${option}: expected ${expected.join(' or ')}, got '${String(received)}'.`,
    {
      option,
      received,
    },
  );
}

const averageMomentum = ({ momentum = 0.95, nesterov = true }: MuonOptions): TransformStep =>
  transformStep({
    name: 'averageMomentum',
    hyperparameters: { momentum: setting('muon.momentum', momentum, 'in [0, 1)') },
    settings: { nesterov },
    slots: { momentumBuffer: 0 },
    scalars: ({ hyperparameters }) => ({ share: 1 - hyperparameters.momentum }),
    write: ({ gradient, slot, scalar, define }) => {
      const buffer = define('momentumBuffer', lerp(slot('momentumBuffer'), gradient, scalar('share')));
      return {
        gradient: nesterov ? lerp(gradient, buffer, scalar('momentum')) : buffer,
        slots: { momentumBuffer: buffer },
      };
    },
  });
