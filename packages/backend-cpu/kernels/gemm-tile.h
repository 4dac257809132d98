// The innermost loop: a ROWS × COLUMNS tile of C is kept in registers while k runs.
#pragma once
#include "vector.h"

#if defined(__AVX512F__)
#define ROWS 12
#define VECTORS 2
#elif defined(__aarch64__)
#define ROWS 8
#define VECTORS 3
#else  // 16 vector registers: 12 sums, 2 of B, 1 of A
#define ROWS 6
#define VECTORS 2
#endif
#define COLUMNS (VECTORS * LANES)

// Where a tile goes.
typedef struct {
  f32 *c;
  u32 stride;
  u32 accumulate;  // C holds the sum over earlier blocks of k
} Target;

INLINE void clear_sums(u32 rows, vf sums[ROWS][VECTORS]) {
  UNROLL for (u32 i = 0; i < rows; i++) UNROLL for (u32 v = 0; v < VECTORS; v++) sums[i][v] = (vf){0};
}

// `rows` is a compile-time constant; the packed strip of A has ROWS rows in any case.
INLINE void sum_over_k(u32 rows, u32 count, const f32 *restrict a, const f32 *restrict b, vf sums[ROWS][VECTORS]) {
  for (u32 k = 0; k < count; k++, a += ROWS, b += COLUMNS) {
    vf row[VECTORS];
    UNROLL for (u32 v = 0; v < VECTORS; v++) row[v] = load(b + v * LANES);
    UNROLL for (u32 i = 0; i < rows; i++) {
      const vf x = splat(a[i]);
      UNROLL for (u32 v = 0; v < VECTORS; v++) sums[i][v] = multiply_add(x, row[v], sums[i][v]);
    }
  }
}

INLINE void multiply_rows(u32 rows, u32 count, const f32 *restrict a, const f32 *restrict b, Target target) {
  vf sums[ROWS][VECTORS];
  clear_sums(rows, sums);
  sum_over_k(rows, count, a, b, sums);
  UNROLL for (u32 i = 0; i < rows; i++) {
    UNROLL for (u32 v = 0; v < VECTORS; v++) {
      f32 *c = target.c + i * target.stride + v * LANES;
      store(c, target.accumulate ? plus(load(c), sums[i][v]) : sums[i][v]);
    }
  }
}

OUT_OF_LINE void multiply_whole(u32 count, const f32 *restrict a, const f32 *restrict b, Target target) {
  multiply_rows(ROWS, count, a, b, target);
}

// The last strip of A is rarely full: less of it is computed where less is enough.
OUT_OF_LINE void multiply_third(u32 count, const f32 *restrict a, const f32 *restrict b, Target target) {
  multiply_rows(ROWS / 3, count, a, b, target);
}

OUT_OF_LINE void multiply_two_thirds(u32 count, const f32 *restrict a, const f32 *restrict b, Target target) {
  multiply_rows(2 * ROWS / 3, count, a, b, target);
}

// A tile over the edge of C goes through a full one, so that nothing outside C is touched.
OUT_OF_LINE void multiply_edge(u32 count, const f32 *restrict a, const f32 *restrict b, Target target, u32 rows, u32 columns) {
  f32 full[ROWS * COLUMNS];
  multiply_rows(ROWS, count, a, b, (Target){full, COLUMNS, 0});
  for (u32 i = 0; i < rows; i++)
    for (u32 j = 0; j < columns; j++) {
      f32 *c = target.c + i * target.stride + j;
      *c = target.accumulate ? *c + full[i * COLUMNS + j] : full[i * COLUMNS + j];
    }
}

INLINE void multiply_tile(u32 count, const f32 *a, const f32 *b, Target target, u32 rows, u32 columns) {
  if (columns >= COLUMNS && rows >= ROWS) multiply_whole(count, a, b, target);
  else if (columns >= COLUMNS && rows == ROWS / 3) multiply_third(count, a, b, target);
  else if (columns >= COLUMNS && rows == 2 * ROWS / 3) multiply_two_thirds(count, a, b, target);
  else multiply_edge(count, a, b, target, smaller(rows, ROWS), smaller(columns, COLUMNS));
}
