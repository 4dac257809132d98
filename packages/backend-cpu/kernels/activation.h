// Activations that a matrix product can apply while it writes its result. Numbers agree with `activationCodes` in
// src/kernels/activation-codes.ts.
#pragma once
#include "math.h"

enum { LINEAR, RELU, LEAKY_RELU, SOFTPLUS, TANH, SELU, SIGMOID, RELU6, ELU };

// Out of line: it is a small part of a product, and large.
OUT_OF_LINE vf activate_slowly(u32 activation, f32 slope, vf x) {
  const vf zero = splat(0.f);
  switch (activation) {
    case LEAKY_RELU: return choose(x >= zero, x, x * slope);
    case SOFTPLUS: return vector_softplus(x);
    case TANH: return vector_tanh(x);
    case SELU: return choose(x > zero, x, vector_expm1(x) * 1.6732632423543772f) * 1.0507009873554805f;
    case SIGMOID: return vector_sigmoid(x);
    case RELU6: return smaller_of(larger_of(x, zero), splat(6.f));
    case ELU: return choose(x >= zero, x, vector_expm1(x));
    default: return x;
  }
}

INLINE vf activate(u32 activation, f32 slope, vf x) {
  if (activation == LINEAR) return x;
  if (activation == RELU) return choose(x <= 0.f, splat(0.f), x);
  return activate_slowly(activation, slope, x);
}
