import { seluAlpha, seluScale } from '@nt/tensor';
import type { GemmActivation } from '../kernels.ts';

/** The derivative of an activation where its output is y. */
export function derivativeValue(activation: GemmActivation, slope: number, y: number): number {
  switch (activation) {
    case 'relu':
      return y > 0 ? 1 : 0;
    case 'leakyRelu':
      return y > 0 ? 1 : slope;
    case 'softplus':
      return -Math.expm1(-y);
    case 'tanh':
      return 1 - y * y;
    case 'selu':
      return y > 0 ? seluScale : y + seluScale * seluAlpha;
    case 'sigmoid':
      return y * (1 - y);
    default:
      return 1;
  }
}
