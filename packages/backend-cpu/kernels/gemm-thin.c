// Products with at most four rows: bound by reading B once, so B is read in place, front to back.
#include "gemm.h"

#include "gemm-finish.h"

#define K_STEP 4

typedef struct {
  const GemmCommand *command;
  const f32 *a, *b;
  f32 *c;
  u32 first, end;  // columns
} Columns;

// Adds `count` rows of B, from row k on, times their elements of A to one row of C.
INLINE void add_rows(const Columns *p, u32 row, u32 k, u32 count) {
  const GemmCommand *g = p->command;
  f32 x[K_STEP];
  UNROLL for (u32 i = 0; i < count; i++) x[i] = p->a[row * g->a_row + (k + i) * g->a_column];
  const f32 *b = p->b + k * g->b_row;
  f32 *c = p->c + row * g->n;
  u32 j = p->first;
  for (; j + LANES <= p->end; j += LANES) {
    vf sum = k == 0 ? (vf){0} : load(c + j);
    UNROLL for (u32 i = 0; i < count; i++) sum = multiply_add(splat(x[i]), load(b + i * g->b_row + j), sum);
    store(c + j, sum);
  }
  for (; j < p->end; j++) {
    vf sum = splat(k == 0 ? 0.f : c[j]);
    UNROLL for (u32 i = 0; i < count; i++) sum = multiply_add(splat(x[i]), splat(b[i * g->b_row + j]), sum);
    c[j] = sum[0];
  }
}

// B is row-major: each step adds multiples of a few rows of B.
static void multiply_by_rows(const Columns *p) {
  const GemmCommand *g = p->command;
  u32 k = 0;
  for (; k + K_STEP <= g->k; k += K_STEP)
    for (u32 row = 0; row < g->m; row++) add_rows(p, row, k, K_STEP);
  for (; k < g->k; k++)
    for (u32 row = 0; row < g->m; row++) add_rows(p, row, k, 1);
}

// B is transposed: each result is a dot product of contiguous vectors (A is gathered when it is transposed too).
static f32 dot(const f32 *a, u32 a_step, const f32 *b, u32 count) {
  vf sums[4] = {{0}, {0}, {0}, {0}};
  u32 k = 0;
  if (a_step == 1)
    for (; k + 4 * LANES <= count; k += 4 * LANES)
      UNROLL for (u32 i = 0; i < 4; i++) sums[i] = multiply_add(load(a + k + i * LANES), load(b + k + i * LANES), sums[i]);
  f32 total = sum_lanes((sums[0] + sums[1]) + (sums[2] + sums[3]));
  for (; k < count; k++) total += a[k * a_step] * b[k];
  return total;
}

static void multiply_by_dots(const Columns *p) {
  const GemmCommand *g = p->command;
  for (u32 j = p->first; j < p->end; j++)
    for (u32 row = 0; row < g->m; row++)
      p->c[row * g->n + j] = dot(p->a + row * g->a_row, g->a_column, p->b + j * g->b_column, g->k);
}

void run_thin(const GemmCommand *g, u32 group) {
  const u32 strips = ceil_div(g->n, 16);
  const Columns p = {
      .command = g,
      .a = HEAP(f32, g->a),
      .b = HEAP(f32, g->b),
      .c = HEAP(f32, g->c),
      .first = part_start(group, strips, g->groups) * 16,
      .end = smaller(part_start(group + 1, strips, g->groups) * 16, g->n),
  };
  if (g->b_column == 1) multiply_by_rows(&p);
  else multiply_by_dots(&p);
  if (!is_finished(g)) return;
  const Epilogue finish = epilogue_of(g);
  finish_block(&finish, p.c, 0, p.first, g->m, p.end - p.first);
}
