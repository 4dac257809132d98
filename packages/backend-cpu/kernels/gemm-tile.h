// The innermost loop: a ROWS × COLUMNS tile of C is kept in registers while k runs.
#pragma once
#include "gemm-pairs.h"

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

// Packed strips of both operands, `depth` rows each; `paired` tells what a word of them is.
typedef struct {
  u32 paired, depth;
  const f32 *a, *b;
} Strips;

// Where a tile goes.
typedef struct {
  f32 *c;
  u32 stride;
  u32 accumulate;  // C holds the sum over earlier blocks of k
} Target;

INLINE void clear_sums(u32 rows, vf sums[ROWS][VECTORS]) {
  UNROLL for (u32 i = 0; i < rows; i++) UNROLL for (u32 v = 0; v < VECTORS; v++) sums[i][v] = (vf){0};
}

// `paired` and `rows` are compile-time constants; the packed strip of A has ROWS rows in any case, and `depth` of them.
INLINE void sum_over_k(u32 paired, u32 rows, u32 depth, const f32 *restrict a, const f32 *restrict b, vf sums[ROWS][VECTORS]) {
  for (u32 k = 0; k < depth; k++, a += ROWS, b += COLUMNS) {
    vf row[VECTORS];
    UNROLL for (u32 v = 0; v < VECTORS; v++) row[v] = load(b + v * LANES);
    UNROLL for (u32 i = 0; i < rows; i++) {
      const vf x = splat(a[i]);
      UNROLL for (u32 v = 0; v < VECTORS; v++)
        sums[i][v] = paired ? add_pairs(x, row[v], sums[i][v]) : multiply_add(x, row[v], sums[i][v]);
    }
  }
}

INLINE void multiply_rows_as(u32 paired, u32 rows, u32 depth, const f32 *restrict a, const f32 *restrict b, Target target) {
  vf sums[ROWS][VECTORS];
  clear_sums(rows, sums);
  sum_over_k(paired, rows, depth, a, b, sums);
  UNROLL for (u32 i = 0; i < rows; i++) {
    UNROLL for (u32 v = 0; v < VECTORS; v++) {
      f32 *c = target.c + i * target.stride + v * LANES;
      store(c, target.accumulate ? plus(load(c), sums[i][v]) : sums[i][v]);
    }
  }
}

INLINE void multiply_rows(u32 rows, const Strips *strips, Target target) {
  if (HAS_PAIRS && strips->paired) multiply_rows_as(1, rows, strips->depth, strips->a, strips->b, target);
  else multiply_rows_as(0, rows, strips->depth, strips->a, strips->b, target);
}

OUT_OF_LINE void multiply_whole(const Strips *strips, Target target) { multiply_rows(ROWS, strips, target); }

// The last strip of A is rarely full: less of it is computed where less is enough.
OUT_OF_LINE void multiply_third(const Strips *strips, Target target) { multiply_rows(ROWS / 3, strips, target); }

OUT_OF_LINE void multiply_two_thirds(const Strips *strips, Target target) { multiply_rows(2 * ROWS / 3, strips, target); }

// A tile over the edge of C goes through a full one, so that nothing outside C is touched.
OUT_OF_LINE void multiply_edge(const Strips *strips, Target target, u32 rows, u32 columns) {
  f32 full[ROWS * COLUMNS];
  multiply_rows(ROWS, strips, (Target){full, COLUMNS, 0});
  for (u32 i = 0; i < rows; i++)
    for (u32 j = 0; j < columns; j++) {
      f32 *c = target.c + i * target.stride + j;
      *c = target.accumulate ? *c + full[i * COLUMNS + j] : full[i * COLUMNS + j];
    }
}

INLINE void multiply_tile(const Strips *strips, Target target, u32 rows, u32 columns) {
  if (columns >= COLUMNS && rows >= ROWS) multiply_whole(strips, target);
  else if (columns >= COLUMNS && rows == ROWS / 3) multiply_third(strips, target);
  else if (columns >= COLUMNS && rows == 2 * ROWS / 3) multiply_two_thirds(strips, target);
  else multiply_edge(strips, target, smaller(rows, ROWS), smaller(columns, COLUMNS));
}
