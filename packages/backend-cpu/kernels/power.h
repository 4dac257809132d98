// xʸ as JavaScript defines it (Number::exponentiate), in double precision: in float32, y · log x would lose six bits.
#pragma once
#include "heap.h"

static f64 double_log(f64 x) {
  union { f64 value; uint64_t bits; } u = {x};
  f64 exponent = (f64)(i32)((u.bits >> 52) & 0x7ff) - 1022;
  u.bits = (u.bits & 0x000fffffffffffffull) | 0x3fe0000000000000ull;  // [0.5, 1)
  if (u.value < 0.70710678118654752) u.value *= 2, exponent -= 1;
  const f64 s = (u.value - 1) / (u.value + 1), s2 = s * s;
  f64 series = 0;
  for (i32 n = 21; n >= 1; n -= 2) series = series * s2 + 1.0 / n;
  return 2 * s * series + exponent * 0.69314718055994530942;
}

static f64 double_exp(f64 x) {
  if (x > 709) return __builtin_inf();
  if (x < -700) return 0;
  const f64 n = __builtin_nearbyint(x * 1.44269504088896340736), r = x - n * 0.69314718055994530942;
  f64 series = 1;
  for (i32 i = 14; i >= 1; i--) series = 1 + series * r / i;
  const union { uint64_t bits; f64 value; } scale = {(uint64_t)((i32)n + 1023) << 52};
  return series * scale.value;
}

static f64 power(f64 x, f64 y) {
  const f64 magnitude = __builtin_fabs(x), infinity = __builtin_inf();
  if (y == 0) return 1;
  if (x != x || y != y) return __builtin_nan("");
  if (__builtin_fabs(y) == infinity) return magnitude == 1 ? __builtin_nan("") : (magnitude > 1) == (y > 0) ? infinity : 0;
  const u32 whole = __builtin_floor(y) == y, odd = whole && __builtin_floor(y / 2) * 2 != y;
  if (x < 0 && magnitude != infinity && !whole) return __builtin_nan("");
  f64 result;
  if (magnitude == 0) result = y > 0 ? 0 : infinity;
  else if (magnitude == infinity) result = y > 0 ? infinity : 0;
  else result = double_exp(y * double_log(magnitude));
  return odd && __builtin_copysign(1, x) < 0 ? -result : result;
}
