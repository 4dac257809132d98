// The only place that names a processor's instructions, bfloat16 (gemm-pairs.h) apart: what vector extensions have no operator for. Included by
// vector.h, after the vector types. `greater_or_second` and `less_or_second` give b when either operand is NaN or both
// are zero, as x86 defines them; vector.h makes Math.max of them.
#pragma once

#if defined(__wasm__)

#if defined(__wasm_relaxed_simd__)
INLINE vf multiply_add(vf a, vf b, vf c) { return __builtin_wasm_relaxed_madd_f32x4(a, b, c); }
#else
INLINE vf multiply_add(vf a, vf b, vf c) { return a * b + c; }
#endif
INLINE vf larger_of(vf a, vf b) { return __builtin_elementwise_maximum(a, b); }
INLINE vf smaller_of(vf a, vf b) { return __builtin_elementwise_minimum(a, b); }
INLINE vf square_root(vf x) { return __builtin_elementwise_sqrt(x); }
INLINE vf round_down(vf x) { return __builtin_elementwise_floor(x); }
INLINE vf round_up(vf x) { return __builtin_elementwise_ceil(x); }
INLINE vf round_even(vf x) { return __builtin_elementwise_roundeven(x); }

#elif defined(__aarch64__)

#include <arm_neon.h>
INLINE vf multiply_add(vf a, vf b, vf c) { return (vf)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b); }
INLINE vf larger_of(vf a, vf b) { return (vf)vmaxq_f32((float32x4_t)a, (float32x4_t)b); }
INLINE vf smaller_of(vf a, vf b) { return (vf)vminq_f32((float32x4_t)a, (float32x4_t)b); }
INLINE vf square_root(vf x) { return (vf)vsqrtq_f32((float32x4_t)x); }
INLINE vf round_down(vf x) { return (vf)vrndmq_f32((float32x4_t)x); }
INLINE vf round_up(vf x) { return (vf)vrndpq_f32((float32x4_t)x); }
INLINE vf round_even(vf x) { return (vf)vrndnq_f32((float32x4_t)x); }

#else  // x86

#include <immintrin.h>
#if defined(__AVX512F__)
INLINE vf multiply_add(vf a, vf b, vf c) { return (vf)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c); }
INLINE vf greater_or_second(vf a, vf b) { return (vf)_mm512_max_ps((__m512)a, (__m512)b); }
INLINE vf less_or_second(vf a, vf b) { return (vf)_mm512_min_ps((__m512)a, (__m512)b); }
INLINE vf square_root(vf x) { return (vf)_mm512_sqrt_ps((__m512)x); }
INLINE vf round_down(vf x) { return (vf)_mm512_roundscale_ps((__m512)x, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC); }
INLINE vf round_up(vf x) { return (vf)_mm512_roundscale_ps((__m512)x, _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC); }
INLINE vf round_even(vf x) { return (vf)_mm512_roundscale_ps((__m512)x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
#elif defined(__AVX2__)
INLINE vf multiply_add(vf a, vf b, vf c) { return (vf)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c); }
INLINE vf greater_or_second(vf a, vf b) { return (vf)_mm256_max_ps((__m256)a, (__m256)b); }
INLINE vf less_or_second(vf a, vf b) { return (vf)_mm256_min_ps((__m256)a, (__m256)b); }
INLINE vf square_root(vf x) { return (vf)_mm256_sqrt_ps((__m256)x); }
INLINE vf round_down(vf x) { return (vf)_mm256_floor_ps((__m256)x); }
INLINE vf round_up(vf x) { return (vf)_mm256_ceil_ps((__m256)x); }
INLINE vf round_even(vf x) { return (vf)_mm256_round_ps((__m256)x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
#else  // every x86-64 has SSE2, which can neither fuse nor round
INLINE vf multiply_add(vf a, vf b, vf c) { return a * b + c; }
INLINE vf greater_or_second(vf a, vf b) { return (vf)_mm_max_ps((__m128)a, (__m128)b); }
INLINE vf less_or_second(vf a, vf b) { return (vf)_mm_min_ps((__m128)a, (__m128)b); }
INLINE vf square_root(vf x) { return (vf)_mm_sqrt_ps((__m128)x); }
// Above 2²³ every float is whole; below, adding and taking away 2²³ rounds to even. The sign keeps -0.
INLINE vf round_even(vf x) {
  const vi sign = (vi)x & splat_int((i32)0x80000000);
  const vf magnitude = (vf)((vi)x ^ sign), whole = (magnitude + 8388608.f) - 8388608.f;
  return choose(magnitude < 8388608.f, (vf)((vi)whole | sign), x);
}
INLINE vf round_down(vf x) {
  const vf even = round_even(x);
  return choose(even > x, even - 1.f, even);
}
INLINE vf round_up(vf x) { return -round_down(-x); }
#endif

// NaN when either is NaN; +0 is larger than -0.
INLINE vf larger_of(vf a, vf b) {
  const vf larger = (vf)((vi)greater_or_second(a, b) & (vi)greater_or_second(b, a));
  return choose(a == a, choose(b == b, larger, b), a);
}
INLINE vf smaller_of(vf a, vf b) {
  const vf smaller = (vf)((vi)less_or_second(a, b) | (vi)less_or_second(b, a));
  return choose(a == a, choose(b == b, smaller, b), a);
}

#endif

// Tells the processor that this thread only waits.
INLINE void pause_thread(void) {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Numbers below 1e-38 count as zero while kernels run: otherwise each costs the processor a hundred cycles, and the moments
// of a weight that gets no gradient any more pass through them. JavaScript on the same thread keeps its own rules.
#if defined(__wasm__)
INLINE u32 flush_tiny(void) { return 0; }
INLINE void restore_tiny(u32 before) { (void)before; }
#elif defined(__aarch64__)
INLINE uint64_t flush_tiny(void) {
  uint64_t before;
  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  __asm__ volatile("msr fpcr, %0" : : "r"(before | 1ull << 24));
  return before;
}
INLINE void restore_tiny(uint64_t before) { __asm__ volatile("msr fpcr, %0" : : "r"(before)); }
#else
INLINE u32 flush_tiny(void) {
  const u32 before = _mm_getcsr();
  _mm_setcsr(before | 0x8040);
  return before;
}
INLINE void restore_tiny(u32 before) { _mm_setcsr(before); }
#endif
