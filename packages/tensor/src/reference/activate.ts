import { type Activation, leakyReluSlope, seluAlpha, seluScale } from '../activation.ts';

/** The activation of one number in float64. */
export function activate(activation: Activation, x: number): number {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return Math.max(x, 0);
    case 'leakyRelu':
      return x >= 0 ? x : leakyReluSlope * x;
    case 'softplus':
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    case 'tanh':
      return Math.tanh(x);
    case 'selu':
      return seluScale * (x > 0 ? x : seluAlpha * Math.expm1(x));
    case 'sigmoid':
      return 1 / (1 + Math.exp(-x));
  }
}
