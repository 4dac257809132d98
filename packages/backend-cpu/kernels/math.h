// exp, log and what is built of them, for whole vectors; within about 2 units in the last place of float32.
// Polynomials: minimax forms in the manner of Cephes (S. Moshier), range reduction as usual.
#pragma once
#include "vector.h"

// In WASM one copy of each, so that pages load less; natively in line, where a loop keeps the constants in registers.
#if defined(__wasm__)
#define MATH OUT_OF_LINE __attribute__((unused))
#else
#define MATH INLINE
#endif

// 2ⁿ for integral n in [-126, 127].
INLINE vf power_of_two(vi n) { return (vf)((n + 127) << 23); }

MATH vf vector_exp(vf x) {
  const vf bounded = smaller_of(larger_of(x, splat(-104.f)), splat(89.f));
  const vf n = round_even(bounded * 1.44269504088896341f);
  vf r = multiply_add(n, splat(-0.693359375f), bounded);
  r = multiply_add(n, splat(2.12194440e-4f), r);
  vf p = splat(1.9875691500e-4f);
  p = multiply_add(p, r, splat(1.3981999507e-3f));
  p = multiply_add(p, r, splat(8.3334519073e-3f));
  p = multiply_add(p, r, splat(4.1665795894e-2f));
  p = multiply_add(p, r, splat(1.6666665459e-1f));
  p = multiply_add(p, r, splat(5.0000001201e-1f));
  const vf e = multiply_add(p * r, r, r) + 1.f;
  // Two factors, so that results near the ends of the range are neither infinite nor flushed too early.
  const vi whole = __builtin_convertvector(choose(n == n, n, splat(0.f)), vi);
  const vi half = whole >> 1;
  return choose(x == x, e * power_of_two(half) * power_of_two(whole - half), x);
}

MATH vf vector_log(vf x) {
  const vi tiny = x < 1.17549435e-38f;
  const vf scaled = choose(tiny, x * 8388608.f, x);
  const vi bits = (vi)scaled;
  vf exponent = __builtin_convertvector(((bits >> 23) & 255) - 126, vf) - choose(tiny, splat(23.f), splat(0.f));
  vf m = (vf)((bits & 0x007fffff) | 0x3f000000);  // in [0.5, 1)
  const vi low = m < 0.707106781186547524f;
  exponent -= choose(low, splat(1.f), splat(0.f));
  m = m + choose(low, m, splat(0.f)) - 1.f;
  const vf square = m * m;
  vf p = splat(7.0376836292e-2f);
  p = multiply_add(p, m, splat(-1.1514610310e-1f));
  p = multiply_add(p, m, splat(1.1676998740e-1f));
  p = multiply_add(p, m, splat(-1.2420140846e-1f));
  p = multiply_add(p, m, splat(1.4249322787e-1f));
  p = multiply_add(p, m, splat(-1.6668057665e-1f));
  p = multiply_add(p, m, splat(2.0000714765e-1f));
  p = multiply_add(p, m, splat(-2.4999993993e-1f));
  p = multiply_add(p, m, splat(3.3333331174e-1f));
  vf y = p * m * square + exponent * -2.12194440e-4f - 0.5f * square;
  y = m + y + exponent * 0.693359375f;
  y = choose(x == splat(__builtin_inff()), x, y);
  y = choose(x == splat(0.f), splat(-__builtin_inff()), y);
  return choose(x >= 0.f, y, splat(__builtin_nanf("")));
}

// eˣ - 1 without cancellation near 0.
MATH vf vector_expm1(vf x) {
  vf p = splat(1.f / 40320);
  p = multiply_add(p, x, splat(1.f / 5040));
  p = multiply_add(p, x, splat(1.f / 720));
  p = multiply_add(p, x, splat(1.f / 120));
  p = multiply_add(p, x, splat(1.f / 24));
  p = multiply_add(p, x, splat(1.f / 6));
  p = multiply_add(p, x, splat(0.5f));
  const vf near = multiply_add(p * x, x, x);
  return choose(absolute(x) < 0.5f, near, vector_exp(x) - 1.f);
}

// log(1 + x), x ≥ 0: the rounding error of 1 + x is put back to first order.
MATH vf vector_log1p(vf x) {
  const vf sum = x + 1.f;
  return choose(sum < __builtin_inff(), vector_log(sum) - ((sum - 1.f) - x) / sum, sum);
}

MATH vf vector_tanh(vf x) {
  const vf magnitude = absolute(x);
  const vf twice = vector_expm1(smaller_of(magnitude, splat(20.f)) * 2.f);
  const vf y = twice / (twice + 2.f);
  return (vf)((vi)y | ((vi)x & splat_int((i32)0x80000000)));
}

MATH vf vector_sigmoid(vf x) { return 1.f / (1.f + vector_exp(-x)); }

MATH vf vector_softplus(vf x) {
  return larger_of(x, splat(0.f)) + vector_log1p(vector_exp(-absolute(x)));
}
