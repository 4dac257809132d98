// Vectors of the target's natural width, written with compiler extensions only: the same source gives simd128, relaxed
// SIMD, AVX2, AVX-512 and NEON.
#pragma once
#include "heap.h"

#if defined(__AVX512F__)
#define LANES 16
#elif defined(__AVX2__)
#define LANES 8
#else
#define LANES 4
#endif

typedef f32 vf __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef i32 vi __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef f32 v4 __attribute__((vector_size(16), aligned(4), may_alias));

#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 32")
#endif
// Asks for memory that will be read, or written, soon. WASM has no such instruction.
#if defined(__wasm__)
#define PREFETCH_READ(address) (void)(address)
#define PREFETCH_SOON(address) (void)(address)
#define PREFETCH(address) (void)(address)
#define PREFETCH_WRITE(address) (void)(address)
#else
#define PREFETCH_READ(address) __builtin_prefetch(address, 0, 3)
#define PREFETCH_SOON(address) __builtin_prefetch(address, 0, 2)  // into a larger cache
#define PREFETCH(address) __builtin_prefetch(address, 1, 2)
// What another core has read has to be taken from it before it is written: asked for ahead, nobody waits for that. Compilers
// know this instruction only of newer processors; all others that have 64 bits pass over it.
#if defined(__x86_64__)
#define PREFETCH_WRITE(address) __asm__ volatile("prefetchw %0" : : "m"(*(const char *)(address)))
#else
#define PREFETCH_WRITE(address) __builtin_prefetch(address, 1, 3)
#endif
#endif
#define INLINE static inline __attribute__((always_inline))
// One copy of code that is large and not hot.
#define OUT_OF_LINE static __attribute__((noinline))

INLINE vf load(const f32 *p) { return *(const vf *)p; }
INLINE void store(f32 *p, vf x) { *(vf *)p = x; }
INLINE v4 load4(const f32 *p) { return *(const v4 *)p; }
INLINE void store4(f32 *p, v4 x) { *(v4 *)p = x; }
INLINE vf splat(f32 x) { return x - (vf){0}; }
INLINE vi splat_int(i32 x) { return x - (vi){0}; }

// For either side of ?:, where gcc takes a + b for another type than vf.
INLINE vf plus(vf a, vf b) { return a + b; }
INLINE vf times(vf a, vf b) { return a * b; }
INLINE vf choose(vi mask, vf yes, vf no) { return (vf)((mask & (vi)yes) | (~mask & (vi)no)); }

// multiply_add(a, b, c) is a·b + c: rounded once where the target can, twice under simd128 and SSE2, and never left to
// the compiler's contraction. larger_of and smaller_of are Math.max and Math.min.
#include "intrinsics.h"

INLINE vf absolute(vf x) { return (vf)((vi)x & splat_int(0x7fffffff)); }

// Lanes added in one fixed order: halves, then halves of halves.
INLINE f32 sum_lanes(vf x) {
  f32 part[LANES];
  store(part, x);
  for (u32 width = LANES / 2; width > 0; width /= 2)
    for (u32 i = 0; i < width; i++) part[i] += part[i + width];
  return part[0];
}
