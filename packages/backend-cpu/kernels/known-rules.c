// Written by tools/build-known-rules.mjs from known-rules.json; do not edit.
#if !defined(__wasm__)
#include "known-rule.h"

// sgd, clipped and averaged
INLINE void rule_0(f32 *const *in, f32 *const *out, const vf *constant, u32 at) {
  vf r[8];
  UNROLL for (u32 i = 0; i < 3; i++) r[i] = load(in[i] + at);
  UNROLL for (u32 i = 0; i < 2; i++) r[3 + i] = constant[i];
  r[7] = multiply_add(-r[3], r[0], r[1]);
  r[5] = r[7] - r[2];
  r[6] = multiply_add(r[4], r[5], r[2]);
  UNROLL for (u32 i = 0; i < 2; i++) store(out[i] + at, r[6 + i]);
}
#define RULE_0_SIZES 3, 2, 2

// sgd with momentum
INLINE void rule_1(f32 *const *in, f32 *const *out, const vf *constant, u32 at) {
  vf r[7];
  UNROLL for (u32 i = 0; i < 3; i++) r[i] = load(in[i] + at);
  UNROLL for (u32 i = 0; i < 2; i++) r[3 + i] = constant[i];
  r[5] = multiply_add(r[3], r[2], r[0]);
  r[6] = multiply_add(-r[4], r[5], r[1]);
  UNROLL for (u32 i = 0; i < 2; i++) store(out[i] + at, r[5 + i]);
}
#define RULE_1_SIZES 3, 2, 2

// sgd with momentum, clipped
INLINE void rule_2(f32 *const *in, f32 *const *out, const vf *constant, u32 at) {
  vf r[9];
  UNROLL for (u32 i = 0; i < 3; i++) r[i] = load(in[i] + at);
  UNROLL for (u32 i = 0; i < 3; i++) r[3 + i] = constant[i];
  r[6] = r[3] * r[2];
  r[7] = multiply_add(r[4], r[0], r[6]);
  r[8] = multiply_add(-r[5], r[7], r[1]);
  UNROLL for (u32 i = 0; i < 2; i++) store(out[i] + at, r[7 + i]);
}
#define RULE_2_SIZES 3, 3, 2

// sgd with momentum, clipped and averaged
INLINE void rule_3(f32 *const *in, f32 *const *out, const vf *constant, u32 at) {
  vf r[12];
  UNROLL for (u32 i = 0; i < 4; i++) r[i] = load(in[i] + at);
  UNROLL for (u32 i = 0; i < 4; i++) r[4 + i] = constant[i];
  r[8] = r[4] * r[2];
  r[9] = multiply_add(r[5], r[0], r[8]);
  r[11] = multiply_add(-r[6], r[9], r[1]);
  r[8] = r[11] - r[3];
  r[10] = multiply_add(r[7], r[8], r[3]);
  UNROLL for (u32 i = 0; i < 3; i++) store(out[i] + at, r[9 + i]);
}
#define RULE_3_SIZES 4, 4, 3

// adam
INLINE void rule_4(f32 *const *in, f32 *const *out, const vf *constant, u32 at) {
  vf r[14];
  UNROLL for (u32 i = 0; i < 4; i++) r[i] = load(in[i] + at);
  UNROLL for (u32 i = 0; i < 5; i++) r[4 + i] = constant[i];
  r[9] = r[0] - r[2];
  r[11] = multiply_add(r[4], r[9], r[2]);
  r[9] = r[5] * r[3];
  r[10] = r[0] * r[0];
  r[12] = multiply_add(r[6], r[10], r[9]);
  r[9] = square_root(r[12]);
  r[9] = r[9] + r[7];
  r[9] = r[11] / r[9];
  r[13] = multiply_add(-r[8], r[9], r[1]);
  UNROLL for (u32 i = 0; i < 3; i++) store(out[i] + at, r[11 + i]);
}
#define RULE_4_SIZES 4, 5, 3

// adam, clipped
INLINE void rule_5(f32 *const *in, f32 *const *out, const vf *constant, u32 at) {
  vf r[15];
  UNROLL for (u32 i = 0; i < 4; i++) r[i] = load(in[i] + at);
  UNROLL for (u32 i = 0; i < 6; i++) r[4 + i] = constant[i];
  r[10] = r[4] * r[0];
  r[11] = r[10] - r[2];
  r[12] = multiply_add(r[5], r[11], r[2]);
  r[11] = r[6] * r[3];
  r[10] = r[10] * r[10];
  r[13] = multiply_add(r[7], r[10], r[11]);
  r[11] = square_root(r[13]);
  r[11] = r[11] + r[8];
  r[11] = r[12] / r[11];
  r[14] = multiply_add(-r[9], r[11], r[1]);
  UNROLL for (u32 i = 0; i < 3; i++) store(out[i] + at, r[12 + i]);
}
#define RULE_5_SIZES 4, 6, 3

// adam, clipped and averaged
INLINE void rule_6(f32 *const *in, f32 *const *out, const vf *constant, u32 at) {
  vf r[18];
  UNROLL for (u32 i = 0; i < 5; i++) r[i] = load(in[i] + at);
  UNROLL for (u32 i = 0; i < 7; i++) r[5 + i] = constant[i];
  r[12] = r[5] * r[0];
  r[13] = r[12] - r[2];
  r[14] = multiply_add(r[6], r[13], r[2]);
  r[13] = r[7] * r[3];
  r[12] = r[12] * r[12];
  r[15] = multiply_add(r[8], r[12], r[13]);
  r[13] = square_root(r[15]);
  r[13] = r[13] + r[9];
  r[13] = r[14] / r[13];
  r[17] = multiply_add(-r[10], r[13], r[1]);
  r[13] = r[17] - r[4];
  r[16] = multiply_add(r[11], r[13], r[4]);
  UNROLL for (u32 i = 0; i < 4; i++) store(out[i] + at, r[14 + i]);
}
#define RULE_6_SIZES 5, 7, 4

// adamw
INLINE void rule_7(f32 *const *in, f32 *const *out, const vf *constant, u32 at) {
  vf r[15];
  UNROLL for (u32 i = 0; i < 4; i++) r[i] = load(in[i] + at);
  UNROLL for (u32 i = 0; i < 6; i++) r[4 + i] = constant[i];
  r[10] = r[0] - r[2];
  r[12] = multiply_add(r[4], r[10], r[2]);
  r[10] = r[5] * r[3];
  r[11] = r[0] * r[0];
  r[13] = multiply_add(r[6], r[11], r[10]);
  r[10] = square_root(r[13]);
  r[10] = r[10] + r[7];
  r[10] = r[12] / r[10];
  r[11] = r[1] * r[8];
  r[14] = multiply_add(-r[9], r[10], r[11]);
  UNROLL for (u32 i = 0; i < 3; i++) store(out[i] + at, r[12 + i]);
}
#define RULE_7_SIZES 4, 6, 3

// adamw, clipped
INLINE void rule_8(f32 *const *in, f32 *const *out, const vf *constant, u32 at) {
  vf r[16];
  UNROLL for (u32 i = 0; i < 4; i++) r[i] = load(in[i] + at);
  UNROLL for (u32 i = 0; i < 7; i++) r[4 + i] = constant[i];
  r[11] = r[4] * r[0];
  r[12] = r[11] - r[2];
  r[13] = multiply_add(r[5], r[12], r[2]);
  r[12] = r[6] * r[3];
  r[11] = r[11] * r[11];
  r[14] = multiply_add(r[7], r[11], r[12]);
  r[12] = square_root(r[14]);
  r[12] = r[12] + r[8];
  r[12] = r[13] / r[12];
  r[11] = r[1] * r[9];
  r[15] = multiply_add(-r[10], r[12], r[11]);
  UNROLL for (u32 i = 0; i < 3; i++) store(out[i] + at, r[13 + i]);
}
#define RULE_8_SIZES 4, 7, 3

// adamw, clipped and averaged
INLINE void rule_9(f32 *const *in, f32 *const *out, const vf *constant, u32 at) {
  vf r[19];
  UNROLL for (u32 i = 0; i < 5; i++) r[i] = load(in[i] + at);
  UNROLL for (u32 i = 0; i < 8; i++) r[5 + i] = constant[i];
  r[13] = r[5] * r[0];
  r[14] = r[13] - r[2];
  r[15] = multiply_add(r[6], r[14], r[2]);
  r[14] = r[7] * r[3];
  r[13] = r[13] * r[13];
  r[16] = multiply_add(r[8], r[13], r[14]);
  r[14] = square_root(r[16]);
  r[14] = r[14] + r[9];
  r[14] = r[15] / r[14];
  r[13] = r[1] * r[10];
  r[18] = multiply_add(-r[11], r[14], r[13]);
  r[13] = r[18] - r[4];
  r[17] = multiply_add(r[12], r[13], r[4]);
  UNROLL for (u32 i = 0; i < 4; i++) store(out[i] + at, r[15 + i]);
}
#define RULE_9_SIZES 5, 8, 4

void run_generated(const GeneratedCommand *g, u32 chunk) {
  const KnownRule rule = open_known_rule(g, chunk);
  switch (g->code) {
    case 0: EACH_VECTOR(rule_0, RULE_0_SIZES)
    case 1: EACH_VECTOR(rule_1, RULE_1_SIZES)
    case 2: EACH_VECTOR(rule_2, RULE_2_SIZES)
    case 3: EACH_VECTOR(rule_3, RULE_3_SIZES)
    case 4: EACH_VECTOR(rule_4, RULE_4_SIZES)
    case 5: EACH_VECTOR(rule_5, RULE_5_SIZES)
    case 6: EACH_VECTOR(rule_6, RULE_6_SIZES)
    case 7: EACH_VECTOR(rule_7, RULE_7_SIZES)
    case 8: EACH_VECTOR(rule_8, RULE_8_SIZES)
    case 9: EACH_VECTOR(rule_9, RULE_9_SIZES)
  }
}
#endif
