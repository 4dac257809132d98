import { seluAlpha, seluScale } from '@nt/tensor';
import type { GemmActivation } from '../kernels.ts';

/** The activation of one number. */
export function activateValue(activation: GemmActivation, slope: number, x: number): number {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return Math.max(x, 0);
    case 'leakyRelu':
      return x >= 0 ? x : slope * x;
    case 'softplus':
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    case 'tanh':
      return Math.tanh(x);
    case 'selu':
      return seluScale * (x > 0 ? x : seluAlpha * Math.expm1(x));
    case 'sigmoid':
      return 1 / (1 + Math.exp(-x));
    case 'relu6':
      return Math.min(Math.max(x, 0), 6);
    case 'elu':
      return x >= 0 ? x : Math.expm1(x);
  }
}
