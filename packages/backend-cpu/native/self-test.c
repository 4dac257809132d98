// A product with odd sizes, a rule of every kind of arithmetic and a reduction: together they use every kind of vector
// instruction that the kernels do.
#include "self-test.h"

#include <stdlib.h>

#include "../kernels/bfloat16.h"
#include "../kernels/command.h"
#include "../kernels/reduce.h"
#include "../kernels/rule.h"
#include "../kernels/work.h"

enum { M = 37, N = 71, K = 53, COUNT = 1000, COMMAND = 64, A = 4096, B = A + M * K * 4, C = B + K * N * 4, WORKSPACE = 1 << 16 };

static f32 sample(u32 i) { return (f32)(i * 7919 % 2003) / 1001.f - 1.f; }

static u32 is_near(f64 value, f64 expected) {
  const f64 difference = value - expected, allowed = 1e-4 * (1 + (expected < 0 ? -expected : expected));
  return difference <= allowed && -difference <= allowed;
}

// `sequence` tells commands apart: what was packed for one is not used for another.
static void start(const InstructionSet *set, Header *header, u32 operation, u32 sequence) {
  header->operation = operation;
  header->sequence = sequence;
  header->chunks = 1;
  set->run(COMMAND, WORKSPACE);
}

// Operands as a product has them that packs them as `narrow` says.
static f64 operand(f32 x, u32 narrow) { return narrow ? to_bfloat16(x) : x; }

static u32 multiplies(const InstructionSet *set, u32 narrow) {
  f32 *a = HEAP(f32, A), *b = HEAP(f32, B), *c = HEAP(f32, C);
  for (u32 i = 0; i < M * K; i++) a[i] = sample(i);
  for (u32 i = 0; i < K * N; i++) b[i] = sample(i + 5);
  GemmCommand *g = HEAP(GemmCommand, COMMAND);
  *g = (GemmCommand){.batch = 1, .m = M, .n = N, .k = K, .a = A, .a_row = K, .a_column = 1, .b = B, .b_row = N, .b_column = 1, .c = C, .row_blocks = 1, .groups = 1, .narrow = narrow};
  start(set, &g->header, GEMM, 1 + narrow);
  for (u32 i = 0; i < M; i++)
    for (u32 j = 0; j < N; j++) {
      f64 sum = 0;
      for (u32 k = 0; k < K; k++) sum += operand(a[i * K + k], narrow) * operand(b[k * N + j], narrow);
      if (!is_near(c[i * N + j], sum)) return 0;
    }
  return 1;
}

static u32 multiplies_as_needed(const InstructionSet *set) {
  return multiplies(set, WIDE) && multiplies(set, ROUNDED) && (!set->multiplies_pairs || multiplies(set, PAIRED));
}

// exp(log(x² + 1) / 2) is √(x² + 1).
static u32 evaluates(const InstructionSet *set) {
  struct {
    RuleCommand rule;
    RuleInput input;
    f32 constants[2];
    RuleOutput outputs[2];
    RuleStep steps[7];
  } *r = HEAP(void, COMMAND);
  enum { X, ONE, TWO, T0, T1, LEFT, RIGHT };
  *r = (__typeof__(*r)){
      {.count = COUNT, .rank = 1, .inputs = 1, .constants = 2, .temporaries = 2, .outputs = 2, .steps = 7, .size = {COUNT}},
      {A, FLOAT, DENSE, {0}}, {1, 2}, {{B, FLOAT}, {C, FLOAT}},
      {{STEP_MULTIPLY_ADD, T0, X, X, ONE}, {STEP_SQRT, RIGHT, T0, 0, 0}, {STEP_LOG, T0, T0, 0, 0}, {STEP_DIVIDE, T0, T0, TWO, 0},
       {STEP_EXP, T1, T0, 0, 0}, {STEP_MAX, LEFT, T1, ONE, 0}, {STEP_ROUND, T0, X, 0, 0}},
  };
  for (u32 i = 0; i < COUNT; i++) HEAP(f32, A)[i] = 3 * sample(i);
  start(set, &r->rule.header, RULE, 4);
  for (u32 i = 0; i < COUNT; i++) {
    const f64 root = HEAP(f32, C)[i], x = HEAP(f32, A)[i];
    if (!is_near(root * root, x * x + 1) || !is_near(HEAP(f32, B)[i], root)) return 0;
  }
  return 1;
}

static u32 adds(const InstructionSet *set) {
  ReduceCommand *r = HEAP(ReduceCommand, COMMAND);
  *r = (ReduceCommand){.source = A, .destination = B, .outer = 1, .count = COUNT, .inner = 1, .kind = SUM, .scale = 1};
  f64 sum = 0;
  for (u32 i = 0; i < COUNT; i++) sum += HEAP(f32, A)[i] = sample(i);
  start(set, &r->header, REDUCE, 5);
  return is_near(HEAP(f32, B)[0], sum);
}

u32 passes_self_test(const InstructionSet *set) {
  u8 *before = nt_heap;
  nt_heap = calloc(1, WORKSPACE + sizeof(Workspace));
  const u32 passes = nt_heap && multiplies_as_needed(set) && evaluates(set) && adds(set);
  free(nt_heap);
  nt_heap = before;
  return passes;
}
