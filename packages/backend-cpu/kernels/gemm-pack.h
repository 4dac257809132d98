// Packing: a strip of R rows (or columns) of an operand is laid out so that the inner loop reads it front to back.
// packed[k · R + r]; rows beyond `valid` are zero. R is a compile-time constant, and so is `size`, the bytes of an element in
// memory: 4, or 2 for bfloat16, which becomes float32 here.
#pragma once
#include <stddef.h>

#include "bfloat16.h"

#define PACK_AHEAD 16  // rows
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)

INLINE const void *element(const void *source, u32 size, size_t index) { return (const u8 *)source + index * size; }
INLINE f32 load_one(u32 size, const void *p) { return size == 2 ? load_half(p) : *(const f32 *)p; }
INLINE v4 load_four(u32 size, const void *p) { return size == 2 ? load4_halves(p) : load4(p); }
INLINE vf load_vector(u32 size, const void *p) { return size == 2 ? load_halves(p) : load(p); }

INLINE void transpose4(v4 r[4]) {
  const v4 a = SHUFFLE(r[0], r[1], 0, 4, 1, 5), b = SHUFFLE(r[0], r[1], 2, 6, 3, 7);
  const v4 c = SHUFFLE(r[2], r[3], 0, 4, 1, 5), d = SHUFFLE(r[2], r[3], 2, 6, 3, 7);
  r[0] = SHUFFLE(a, c, 0, 1, 4, 5), r[1] = SHUFFLE(a, c, 2, 3, 6, 7);
  r[2] = SHUFFLE(b, d, 0, 1, 4, 5), r[3] = SHUFFLE(b, d, 2, 3, 6, 7);
}

// LANES × LANES: rows a `width` apart exchange the lanes whose number has that bit.
#if LANES == 16
#define EVEN_1 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30
#define ODD_1 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31
#define EVEN_2 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29
#define ODD_2 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31
#define EVEN_4 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27
#define ODD_4 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31
#define EVEN_8 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23
#define ODD_8 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31
#elif LANES == 8
#define EVEN_1 0, 8, 2, 10, 4, 12, 6, 14
#define ODD_1 1, 9, 3, 11, 5, 13, 7, 15
#define EVEN_2 0, 1, 8, 9, 4, 5, 12, 13
#define ODD_2 2, 3, 10, 11, 6, 7, 14, 15
#define EVEN_4 0, 1, 2, 3, 8, 9, 10, 11
#define ODD_4 4, 5, 6, 7, 12, 13, 14, 15
#endif
#define EXCHANGE(width)                                                     \
  UNROLL for (u32 i = 0; i < LANES; i++) if (!(i & width)) {                \
    const vf a = r[i], b = r[i + width];                                    \
    r[i] = SHUFFLE(a, b, EVEN_##width), r[i + width] = SHUFFLE(a, b, ODD_##width); \
  }

INLINE void transpose_square(vf r[LANES]) {
#if LANES > 4
  EXCHANGE(1)
  EXCHANGE(2)
  EXCHANGE(4)
#endif
#if LANES > 8
  EXCHANGE(8)
#endif
  (void)r;
}

// Four steps of k of all R rows; the source is contiguous along k.
INLINE void pack_four(u32 R, u32 size, u32 valid, const void *source, u32 stride, f32 *packed) {
  UNROLL for (u32 g = 0; g < R; g += 4) {
    v4 r[4];
    UNROLL for (u32 i = 0; i < 4; i++) r[i] = g + i < valid ? load_four(size, element(source, size, (g + i) * stride)) : (v4){0};
    transpose4(r);
    UNROLL for (u32 i = 0; i < 4; i++) {
      if (g + 4 <= R) store4(packed + i * R + g, r[i]);
      else for (u32 x = 0; x < R - g; x++) packed[i * R + g + x] = r[i][x];
    }
  }
}

// LANES steps of k of R rows, a multiple of LANES.
INLINE void pack_square(u32 R, u32 size, const void *source, u32 stride, f32 *packed) {
  UNROLL for (u32 g = 0; g < R; g += LANES) {
    vf r[LANES];
    UNROLL for (u32 i = 0; i < LANES; i++) {
      const void *row = element(source, size, (g + i) * stride);
      PREFETCH_READ(element(row, size, PACK_AHEAD * LANES / 4));
      r[i] = load_vector(size, row);
    }
    transpose_square(r);
    UNROLL for (u32 i = 0; i < LANES; i++) store(packed + i * R + g, r[i]);
  }
}

INLINE void pack_along_k(u32 R, u32 size, u32 valid, u32 count, const void *source, u32 stride, f32 *packed) {
  u32 k = 0;
  if (LANES > 4 && R % LANES == 0 && valid == R)
    for (; k + LANES <= count; k += LANES) pack_square(R, size, element(source, size, k), stride, packed + k * R);
  if (valid == R)
    for (; k + 4 <= count; k += 4) pack_four(R, size, R, element(source, size, k), stride, packed + k * R);
  else
    for (; k + 4 <= count; k += 4) pack_four(R, size, valid, element(source, size, k), stride, packed + k * R);
  for (; k < count; k++)
    for (u32 r = 0; r < R; r++)
      packed[k * R + r] = r < valid ? load_one(size, element(source, size, r * stride + k)) : 0.f;
}

// The source is contiguous across the rows of the strip.
INLINE void pack_across(u32 R, u32 size, u32 valid, u32 count, const void *source, u32 stride, f32 *packed) {
  for (u32 k = 0; k < count; k++, source = element(source, size, stride), packed += R) {
    // Rows lie far apart: the processor does not see by itself which it will need.
    UNROLL for (u32 r = 0; r < R; r += 16) PREFETCH_READ(element(source, size, PACK_AHEAD * stride + r));
    if (valid < R) {
      UNROLL for (u32 r = 0; r < R; r++) packed[r] = 0.f;
      u32 r = 0;
      for (; r + 4 <= valid; r += 4) store4(packed + r, load_four(size, element(source, size, r)));
      for (; r < valid; r++) packed[r] = load_one(size, element(source, size, r));
      continue;
    }
    if (R % LANES == 0) {
      UNROLL for (u32 r = 0; r < R; r += LANES) store(packed + r, load_vector(size, element(source, size, r)));
      continue;
    }
    UNROLL for (u32 r = 0; r + 4 <= R; r += 4) store4(packed + r, load_four(size, element(source, size, r)));
    UNROLL for (u32 r = R / 4 * 4; r < R; r++) packed[r] = load_one(size, element(source, size, r));
  }
}
