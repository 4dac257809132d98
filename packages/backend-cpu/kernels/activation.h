// Activations that a matrix product can apply while it writes its result. Numbers agree with `gemmActivations` in
// src/kernels/kernels.ts.
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

// x times the activation's derivative, which follows from its output y.
OUT_OF_LINE vf through_slowly(u32 activation, f32 slope, vf x, vf y) {
  switch (activation) {
    case LEAKY_RELU: return x * choose(y > 0.f, splat(1.f), splat(slope));
    case SOFTPLUS: return x * -vector_expm1(-y);
    case TANH: return x * (1.f - y * y);
    case SELU: return x * choose(y > 0.f, splat(1.0507009873554805f), y + 1.7580993408473766f);
    case SIGMOID: return x * (y * (1.f - y));
    default: return x;
  }
}

INLINE vf through(u32 activation, f32 slope, vf x, vf y) {
  if (activation == RELU) return choose(y > 0.f, x, splat(0.f));
  return through_slowly(activation, slope, x, y);
}

INLINE vf activate(u32 activation, f32 slope, vf x) {
  if (activation == LINEAR) return x;
  if (activation == RELU) return choose(x <= 0.f, splat(0.f), x);
  return activate_slowly(activation, slope, x);
}
