import type { KernelOverride } from '../engine/kernel-call.ts';
import { runCode } from './run-code.ts';

/** tfjs's kernel → the function of `specialValues` that has IEEE's values outside the domain and for NaN. */
const functions = {
  Exp: 'exponential',
  Expm1: 'expMinusOne',
  Log: 'logarithm',
  Sigmoid: 'sigmoid',
  Softplus: 'softplus',
  Tanh: 'hyperbolicTangent',
  Sqrt: 'squareRoot',
  Rsqrt: 'inverseRoot',
} as const;

/** Stock ones lose NaN and infinities, as WGSL lets them. */
export const unaryKernels: Readonly<Record<string, KernelOverride>> = Object.fromEntries(
  Object.entries(functions).map(([kernel, name]) => {
    const run: KernelOverride = ({ backend, inputs }) => {
      const x = inputs['x']!;
      if (backend.tensorMap.get(x.dataId).dtype !== 'float32') return undefined;
      return runCode(backend, kernel, `${name}(in0)`, [x]);
    };
    return [kernel, run];
  }),
);
