/** Activations of `dense`. All derivatives can be computed from the output alone, so nothing else is kept for backward. */
export const activations = ['linear', 'relu', 'leakyRelu', 'softplus', 'tanh', 'selu', 'sigmoid'] as const;

/** `leakyRelu` has slope 0.01 and `selu` the constants of Klambauer et al. 2017, both as PyTorch. */
export type Activation = (typeof activations)[number];

/** Slope of `leakyRelu` below zero: PyTorch's default (tfjs: 0.2). */
export const leakyReluSlope = 0.01;

/** Scale of `selu`. */
export const seluScale = 1.0507009873554805;

/** Alpha of `selu`. */
export const seluAlpha = 1.6732632423543772;
