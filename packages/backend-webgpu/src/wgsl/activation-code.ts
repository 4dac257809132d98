import { type Activation, leakyReluSlope, seluAlpha, seluScale } from '@nt/tensor';

/** The activation of the sum `x`, in WGSL. */
export const activationCode: Readonly<Record<Activation, string>> = {
  linear: 'x',
  relu: 'select(x, 0.0, x < 0.0)',
  leakyRelu: `select(x, ${leakyReluSlope} * x, x < 0.0)`,
  softplus: 'softplus(x)',
  tanh: 'hyperbolicTangent(x)',
  selu: `(${seluScale} * select(${seluAlpha} * expMinusOne(x), x, x > 0.0))`,
  sigmoid: 'sigmoid(x)',
};

/** Its derivative times `x`, from the activation's output `y`. */
export const derivativeCode: Readonly<Record<Activation, string>> = {
  linear: 'x',
  relu: 'select(0.0, x, y > 0.0)',
  leakyRelu: `select(${leakyReluSlope} * x, x, y > 0.0)`,
  softplus: '(x * -expMinusOne(-y))',
  tanh: '(x * (1.0 - y * y))',
  selu: `(x * select(y + ${seluScale * seluAlpha}, ${seluScale}, y > 0.0))`,
  sigmoid: '(x * (y * (1.0 - y)))',
};
