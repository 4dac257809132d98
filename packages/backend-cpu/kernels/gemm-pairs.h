// Packing for PAIRED: as gemm-pack.h, but a word holds two steps of k, rounded to bfloat16, the first in its lower half.
// Beside intrinsics.h the only file that names instructions: those of AVX512-BF16 are written out, so that functions that
// are shared with float32 need not be compiled for processors that have them.
#pragma once
#include "bfloat16.h"
#include "gemm-pack.h"

#if HAS_PAIRS

// c + (second of a · second of b), then + (first of a · first of b).
INLINE vf add_pairs(vf a, vf b, vf c) {
  __asm__("vdpbf16ps %2, %1, %0" : "+v"(c) : "v"(a), "v"(b));
  return c;
}

// 32 bfloat16: those of `low`, then those of `high`.
INLINE vf narrow_two(vf low, vf high) {
  vf halves;
  __asm__("vcvtne2ps2bf16 %1, %2, %0" : "=v"(halves) : "v"(low), "v"(high));
  return halves;
}

INLINE __mmask16 first_lanes(u32 count) { return (__mmask16)((1u << smaller(count, LANES)) - 1); }
INLINE vf load_first(u32 count, const f32 *p) { return (vf)_mm512_maskz_loadu_ps(first_lanes(count), p); }
INLINE void store_first(u32 count, f32 *p, vf x) { _mm512_mask_storeu_ps(p, first_lanes(count), (__m512)x); }
INLINE u32 beyond(u32 count, u32 start) { return count > start ? count - start : 0; }

// 32 steps of k as they lie in memory, zero from `steps` on.
INLINE vf load_steps(u32 size, u32 steps, const void *row) {
  if (size == 2) return (vf)_mm512_maskz_loadu_epi16(steps >= 32 ? ~0u : (1u << steps) - 1, row);
  return narrow_two(load_first(steps, row), load_first(beyond(steps, LANES), (const f32 *)row + LANES));
}

// `count` columns of two rows, the first row's in the lower half.
INLINE vf load_two_rows(u32 size, u32 count, const void *first, const void *second) {
  if (size == 4) return narrow_two(load_first(count, first), second ? load_first(count, second) : (vf){0});
  const __m256i low = _mm256_maskz_loadu_epi16(first_lanes(count), first);
  const __m256i high = second ? _mm256_maskz_loadu_epi16(first_lanes(count), second) : _mm256_setzero_si256();
  return (vf)_mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}

// The source is contiguous along k: squares of 16 rows and 16 pairs.
INLINE void pack_pairs_along_k(u32 R, u32 size, u32 valid, u32 count, const void *source, u32 stride, f32 *packed) {
  for (u32 k = 0; k < count; k += 2 * LANES, packed += LANES * R) {
    const u32 steps = count - k, pairs = smaller((steps + 1) / 2, LANES);
    UNROLL for (u32 g = 0; g < R; g += LANES) {
      vf r[LANES];
      UNROLL for (u32 i = 0; i < LANES; i++) {
        const void *row = element(source, size, (g + i) * stride + k);
        const u32 is_there = g + i < valid;
        if (is_there) PREFETCH_READ(element(row, size, PACK_AHEAD * LANES / 4));
        r[i] = is_there ? load_steps(size, steps, row) : (vf){0};
      }
      transpose_square(r);
      for (u32 i = 0; i < pairs; i++) store_first(R - g, packed + i * R + g, r[i]);
    }
  }
}

// The source is contiguous across the rows of the strip.
INLINE void pack_pairs_across(u32 R, u32 size, u32 valid, u32 count, const void *source, u32 stride, f32 *packed) {
  const __m512i in_turns = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8,  //
                                            23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
  for (u32 k = 0; k < count; k += 2, source = element(source, size, 2 * stride), packed += R)
    UNROLL for (u32 g = 0; g < R; g += LANES) {
      PREFETCH_READ(element(source, size, PACK_AHEAD * stride + g));
      PREFETCH_READ(element(source, size, (PACK_AHEAD + 1) * stride + g));
      const void *first = element(source, size, g), *second = k + 1 < count ? element(first, size, stride) : 0;
      const vf halves = load_two_rows(size, beyond(valid, g), first, second);
      store_first(R - g, packed + g, (vf)_mm512_permutexvar_epi16(in_turns, (__m512i)halves));
    }
}

#else  // never called

INLINE vf add_pairs(vf a, vf b, vf c) { return multiply_add(a, b, c); }
INLINE void pack_pairs_along_k(u32 R, u32 size, u32 valid, u32 count, const void *source, u32 stride, f32 *packed) {
  pack_along_k(R, size, valid, count, source, stride, packed);
}
INLINE void pack_pairs_across(u32 R, u32 size, u32 valid, u32 count, const void *source, u32 stride, f32 *packed) {
  pack_across(R, size, valid, count, source, stride, packed);
}

#endif
