// Packing: a strip of R rows (or columns) of an operand is laid out so that the inner loop reads it front to back.
// packed[k · R + r]; rows beyond `valid` are zero. R is a compile-time constant.
#pragma once
#include "vector.h"

#define PACK_AHEAD 16  // rows
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)

INLINE void transpose4(v4 r[4]) {
  const v4 a = SHUFFLE(r[0], r[1], 0, 4, 1, 5), b = SHUFFLE(r[0], r[1], 2, 6, 3, 7);
  const v4 c = SHUFFLE(r[2], r[3], 0, 4, 1, 5), d = SHUFFLE(r[2], r[3], 2, 6, 3, 7);
  r[0] = SHUFFLE(a, c, 0, 1, 4, 5), r[1] = SHUFFLE(a, c, 2, 3, 6, 7);
  r[2] = SHUFFLE(b, d, 0, 1, 4, 5), r[3] = SHUFFLE(b, d, 2, 3, 6, 7);
}

// Four steps of k of all R rows; the source is contiguous along k.
INLINE void pack_four(u32 R, u32 valid, const f32 *source, u32 stride, f32 *packed) {
  UNROLL for (u32 g = 0; g < R; g += 4) {
    v4 r[4];
    UNROLL for (u32 i = 0; i < 4; i++) r[i] = g + i < valid ? load4(source + (g + i) * stride) : (v4){0};
    transpose4(r);
    UNROLL for (u32 i = 0; i < 4; i++) {
      if (g + 4 <= R) store4(packed + i * R + g, r[i]);
      else for (u32 x = 0; x < R - g; x++) packed[i * R + g + x] = r[i][x];
    }
  }
}

INLINE void pack_along_k(u32 R, u32 valid, u32 count, const f32 *source, u32 stride, f32 *packed) {
  u32 k = 0;
  if (valid == R) for (; k + 4 <= count; k += 4) pack_four(R, R, source + k, stride, packed + k * R);
  else for (; k + 4 <= count; k += 4) pack_four(R, valid, source + k, stride, packed + k * R);
  for (; k < count; k++)
    for (u32 r = 0; r < R; r++) packed[k * R + r] = r < valid ? source[r * stride + k] : 0.f;
}

// The source is contiguous across the rows of the strip.
INLINE void pack_across(u32 R, u32 valid, u32 count, const f32 *source, u32 stride, f32 *packed) {
  if (valid < R) {
    for (u32 k = 0; k < count; k++)
      for (u32 r = 0; r < R; r++) packed[k * R + r] = r < valid ? source[k * stride + r] : 0.f;
    return;
  }
  for (u32 k = 0; k < count; k++, source += stride, packed += R) {
    // Rows lie far apart: the processor does not see by itself which it will need.
    UNROLL for (u32 r = 0; r < R; r += 16) PREFETCH_READ(source + PACK_AHEAD * stride + r);
    if (R % LANES == 0) {
      UNROLL for (u32 r = 0; r < R; r += LANES) store(packed + r, load(source + r));
      continue;
    }
    UNROLL for (u32 r = 0; r + 4 <= R; r += 4) store4(packed + r, load4(source + r));
    UNROLL for (u32 r = R / 4 * 4; r < R; r++) packed[r] = source[r];
  }
}
