// Operands rounded to bfloat16 (the upper half of a float32: its range, 8 bits of precision) while they are packed.
// ROUNDED keeps them in float32. PAIRED has two steps of k in each word, as vdpbf16ps wants them; that instruction adds the
// product of the second step first, each rounded by itself, so ROUNDED exchanges the two and gets the same bits.
#pragma once
#include "command.h"
#include "vector.h"

// A compiler that knows the intrinsics can assemble the instructions.
#if defined(__AVX512F__) && __has_include(<avx512bf16intrin.h>)
#define HAS_PAIRS 1
#else
#define HAS_PAIRS 0
#endif

INLINE u32 is_paired(const GemmCommand *g) { return HAS_PAIRS && g->narrow == PAIRED; }
// Words of a packed row for so many steps of k.
INLINE u32 depth_of(const GemmCommand *g, u32 count) { return is_paired(g) ? (count + 1) / 2 : count; }

// To nearest, ties to even. NaN stays NaN; below the least normal number is zero, as the instruction has it.
INLINE f32 to_bfloat16(f32 x) {
  u32 bits;
  __builtin_memcpy(&bits, &x, 4);
  const u32 magnitude = bits & 0x7fffffff;
  u32 rounded = (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff0000;
  rounded = magnitude > 0x7f800000 ? (bits & 0xffff0000) | 0x400000 : rounded;
  rounded = magnitude < 0x800000 ? bits & 0x80000000 : rounded;
  __builtin_memcpy(&x, &rounded, 4);
  return x;
}

// Elements from row to row of a matrix that lies in memory as bfloat16.
INLINE u32 half_row(u32 columns) { return (columns + 1) & ~1u; }

typedef u16 vh __attribute__((vector_size(LANES * 2), aligned(2), may_alias));
typedef u16 v4h __attribute__((vector_size(8), aligned(2), may_alias));
typedef u32 vu __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef u32 v4u __attribute__((vector_size(16), aligned(4), may_alias));

INLINE f32 load_half(const u16 *p) {
  const u32 bits = (u32)*p << 16;
  f32 x;
  __builtin_memcpy(&x, &bits, 4);
  return x;
}
INLINE vf load_halves(const u16 *p) { return (vf)(__builtin_convertvector(*(const vh *)p, vu) << 16); }
INLINE v4 load4_halves(const u16 *p) { return (v4)(__builtin_convertvector(*(const v4h *)p, v4u) << 16); }

INLINE void store_half(u16 *p, f32 x) {
  const f32 rounded = to_bfloat16(x);
  u32 bits;
  __builtin_memcpy(&bits, &rounded, 4);
  *p = (u16)(bits >> 16);
}

// As to_bfloat16, LANES at once.
INLINE void store_halves(u16 *p, vf x) {
  const vu bits = (vu)x, magnitude = bits & 0x7fffffff;
  const vu rounded = (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
  const vf number = choose((vi)magnitude < 0x800000, (vf)(bits >> 31 << 15), (vf)rounded);
  *(vh *)p = __builtin_convertvector((vu)choose((vi)magnitude > 0x7f800000, (vf)(bits >> 16 | 0x40), number), vh);
}

// A strip that was packed as float32; R is a compile-time constant.
INLINE void round_strip(u32 R, u32 count, f32 *packed) {
  u32 k = 0;
  for (; k + 2 <= count; k += 2, packed += 2 * R)
    for (u32 r = 0; r < R; r++) {
      const f32 first = to_bfloat16(packed[r]), second = to_bfloat16(packed[R + r]);
      packed[r] = second, packed[R + r] = first;
    }
  if (k < count)
    for (u32 r = 0; r < R; r++) packed[r] = to_bfloat16(packed[r]);
}
