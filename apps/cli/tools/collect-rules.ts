import { createCpuBackend } from '@nt/backend-cpu';
import {
  adam,
  adamw,
  chain,
  clipByGlobalNorm,
  createOptimizer,
  exponentialMovingAverage,
  type GradientTransform,
  sgd,
} from '@nt/optim';
import { findBackend, type Tensor } from '@tensorflow/tfjs-core';

/** An elementwise program as @nt/backend-cpu runs it. */
export interface CollectedProgram {
  readonly inputs: number;
  readonly constants: number;
  readonly temporaries: number;
  readonly outputs: number;
  readonly steps: readonly { operation: string; result: number; a: number; b: number; c: number }[];
}

export interface CollectedRule {
  readonly name: string;
  readonly program: CollectedProgram;
}

/** The optimizers that most networks are trained with. */
const recipes: Readonly<Record<string, () => GradientTransform>> = {
  sgd: () => sgd(),
  'sgd with momentum': () => sgd({ momentum: 0.9 }),
  adam: () => adam(),
  adamw: () => adamw(),
};

/** The updates of common optimizers, alone, clipped and averaged, as programs: what is worth compiling ahead. */
export async function collectRules(): Promise<CollectedRule[]> {
  const rules = new Map<string, CollectedRule>();
  for (const [recipe, make] of Object.entries(recipes)) {
    const variants = {
      [recipe]: make,
      [`${recipe}, clipped`]: () => chain(clipByGlobalNorm(1), make()),
      [`${recipe}, clipped and averaged`]: () =>
        chain(clipByGlobalNorm(1), make(), exponentialMovingAverage({ decay: 0.99 })),
    };
    for (const [name, transform] of Object.entries(variants))
      for (const program of await programsOf(transform()))
        if (!rules.has(JSON.stringify(program))) rules.set(JSON.stringify(program), { name, program });
  }
  return [...rules.values()];
}

/** Runs two updates on the engine and notes what it is asked to evaluate. */
async function programsOf(transform: GradientTransform): Promise<CollectedProgram[]> {
  const backend = await createCpuBackend({ kernels: 'js' });
  const { kernels } = findBackend('nt-cpu') as unknown as {
    kernels: { rule(call: { program: CollectedProgram }): void };
  };
  const programs: CollectedProgram[] = [];
  const run = kernels.rule.bind(kernels);
  kernels.rule = (call) => {
    programs.push(call.program);
    run(call);
  };
  const { ops } = backend;
  const weight = ops.variable(ops.tensor([1, 2, 3, 4, 5, 6], [2, 3]), { name: 'weight' });
  const optimizer = createOptimizer<Tensor>({ ops, parameters: { weight }, transform });
  for (let update = 0; update < 2; update++) {
    const gradient = ops.tensor([6, 5, 4, 3, 2, 1], [2, 3]);
    optimizer.apply({ weight: gradient });
  }
  optimizer.dispose();
  weight.dispose();
  await backend.dispose();
  return programs.filter(({ inputs, steps }) => inputs > 1 && steps.length > 1);
}
