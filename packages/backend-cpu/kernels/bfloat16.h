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
