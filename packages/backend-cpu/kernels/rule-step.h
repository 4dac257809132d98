// One instruction of a rule on one tile: the loops that a hand-written pass would have, without its loads in between.
#pragma once
#include "math.h"
#include "power.h"
#include "rule.h"

// A tile in memory, or one number repeated: `mask` keeps the index of the latter at 0.
typedef struct {
  f32 *values;
  u32 mask;
} Register;

#define STRIDE (4 * LANES)

#define LOOP(unrolled, expression)                                                              \
  for (u32 i = 0; i < count; i += unrolled) {                                                   \
    UNROLL for (u32 u = 0; u < unrolled; u += LANES) {                                          \
      const vf x = load(a.values + (i & a.mask) + u), y = load(b.values + (i & b.mask) + u);    \
      const vf z = load(c.values + (i & c.mask) + u);                                           \
      (void)x, (void)y, (void)z;                                                                \
      store(out + i + u, (expression));                                                         \
    }                                                                                           \
  }                                                                                             \
  break

#define EACH(expression) LOOP(STRIDE, expression)
// For functions of many instructions, where unrolling would only make the code larger.
#define EACH_SLOWLY(expression) LOOP(LANES, expression)

INLINE vf one_where(vi mask) { return (vf)(mask & splat_int(0x3f800000)); }
INLINE vf sign_of(vf x) { return choose(x == x, one_where(x > 0.f) - one_where(x < 0.f), x); }

INLINE vf power_of(vf x, vf y) {
  for (u32 i = 0; i < LANES; i++) x[i] = (f32)power(x[i], y[i]);
  return x;
}

// `count` is a multiple of STRIDE.
static void run_step(u32 operation, u32 count, f32 *out, Register a, Register b, Register c) {
  switch (operation) {
    case STEP_COPY: EACH(x);
    case STEP_ADD: EACH(x + y);
    case STEP_SUBTRACT: EACH(x - y);
    case STEP_MULTIPLY: EACH(x * y);
    case STEP_DIVIDE: EACH(x / y);
    case STEP_MIN: EACH(smaller_of(x, y));
    case STEP_MAX: EACH(larger_of(x, y));
    case STEP_POWER: EACH_SLOWLY(power_of(x, y));
    case STEP_LESS: EACH(one_where(x < y));
    case STEP_LESS_EQUAL: EACH(one_where(x <= y));
    case STEP_GREATER: EACH(one_where(x > y));
    case STEP_GREATER_EQUAL: EACH(one_where(x >= y));
    case STEP_EQUAL: EACH(one_where(x == y));
    case STEP_NOT_EQUAL: EACH(one_where(x != y));
    case STEP_SQRT: EACH(square_root(x));
    case STEP_RSQRT: EACH(1.f / square_root(x));
    case STEP_EXP: EACH_SLOWLY(vector_exp(x));
    case STEP_LOG: EACH_SLOWLY(vector_log(x));
    case STEP_ABS: EACH(absolute(x));
    case STEP_SIGN: EACH(sign_of(x));
    case STEP_SELECT: EACH(choose(x != 0.f, y, z));
    case STEP_MULTIPLY_ADD: EACH(multiply_add(x, y, z));
    case STEP_MULTIPLY_SUBTRACT: EACH(multiply_add(-x, y, z));
    case STEP_NEGATE: EACH(-x);
    case STEP_SIGMOID: EACH_SLOWLY(vector_sigmoid(x));
    case STEP_TANH: EACH_SLOWLY(vector_tanh(x));
    case STEP_SOFTPLUS: EACH_SLOWLY(vector_softplus(x));
    case STEP_EXPM1: EACH_SLOWLY(vector_expm1(x));
    case STEP_LOG1P: EACH_SLOWLY(vector_log1p(x));
    case STEP_FLOOR: EACH(round_down(x));
    case STEP_CEIL: EACH(round_up(x));
    case STEP_ROUND: EACH(round_even(x));
  }
}
