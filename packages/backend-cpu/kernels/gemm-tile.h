// The innermost loop: a ROWS × COLUMNS tile of C is kept in registers while k runs.
#pragma once
#include <stddef.h>
#include "gemm-pairs.h"

// B_IN_PLACE: whether strips of B are read where they lie rather than packed. MOST_SWAPPED: rows up to which A · Bᵀ is computed
// as (B · Aᵀ)ᵀ (gemm-swapped.h). Where no gain was measured, neither.
#if defined(__AVX512F__)
#define ROWS 12
#define VECTORS 2
#define B_IN_PLACE 1
#define MOST_SWAPPED 128
#elif defined(__AVX2__)
#define ROWS 6  // 16 vector registers: 12 sums, 2 of B, 1 of A
#define VECTORS 2
#define B_IN_PLACE 0
#define MOST_SWAPPED 32
#else
#if defined(__aarch64__)
#define ROWS 8
#define VECTORS 3
#else
#define ROWS 6
#define VECTORS 2
#endif
#define B_IN_PLACE 0
#define MOST_SWAPPED 0
#endif
#define COLUMNS (VECTORS * LANES)
#define B_AHEAD 20  // steps of k; strips in place share few sets of the first-level cache, and more push out what is next

// How the inner loop finds its operands: both packed; both packed as pairs of bfloat16; A where it lies, contiguous along k.
enum { PACKED, PACKED_PAIRS, A_IN_PLACE };

// Strips of both operands, `depth` steps of k each. Those of B are `b_step` apart: COLUMNS when it is packed.
typedef struct {
  u32 kind, depth;
  const f32 *a, *b;
  u32 b_step;
  // For A_IN_PLACE: its rows, and memory that a later tile reads, of which a line is asked for with each step.
  u32 a_row, next_step;
  const f32 *next;
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

// `kind` and `rows` are compile-time constants; a packed strip of A has ROWS rows in any case, and `depth` of them.
INLINE void sum_over_k(u32 kind, u32 rows, const Strips *strips, vf sums[ROWS][VECTORS]) {
  const size_t a_row = kind == A_IN_PLACE ? strips->a_row : 1, b_step = strips->b_step;
  // A pointer for four rows: with one for all, or one for each, compilers run out of registers.
  const f32 *restrict a[(ROWS + 3) / 4], *restrict b = strips->b, *next = strips->next;
  UNROLL for (u32 i = 0; i < rows; i += 4) a[i / 4] = strips->a + i * a_row;
  for (u32 k = strips->depth; k > 0; k--, b += b_step) {
    vf row[VECTORS];
    UNROLL for (u32 v = 0; v < VECTORS; v++) row[v] = load(b + v * LANES);
    UNROLL for (u32 i = 0; i < COLUMNS; i += 16) PREFETCH_READ(b + B_AHEAD * b_step + i);
    if (kind == A_IN_PLACE) PREFETCH_SOON(next), next += strips->next_step;
    UNROLL for (u32 i = 0; i < rows; i++) {
      const vf x = splat(a[i / 4][i % 4 * a_row]);
      UNROLL for (u32 v = 0; v < VECTORS; v++)
        sums[i][v] = kind == PACKED_PAIRS ? add_pairs(x, row[v], sums[i][v]) : multiply_add(x, row[v], sums[i][v]);
    }
    UNROLL for (u32 i = 0; i < rows; i += 4) a[i / 4] += kind == A_IN_PLACE ? 1 : ROWS;
  }
}

INLINE void multiply_rows_as(u32 kind, u32 rows, const Strips *strips, Target target) {
  vf sums[ROWS][VECTORS];
  clear_sums(rows, sums);
  sum_over_k(kind, rows, strips, sums);
  UNROLL for (u32 i = 0; i < rows; i++) {
    UNROLL for (u32 v = 0; v < VECTORS; v++) {
      f32 *c = target.c + i * target.stride + v * LANES;
      store(c, target.accumulate ? plus(load(c), sums[i][v]) : sums[i][v]);
    }
  }
}

INLINE void multiply_rows(u32 rows, const Strips *strips, Target target) {
  if (HAS_PAIRS && strips->kind == PACKED_PAIRS) multiply_rows_as(PACKED_PAIRS, rows, strips, target);
  else if (strips->kind == A_IN_PLACE) multiply_rows_as(A_IN_PLACE, rows, strips, target);
  else multiply_rows_as(PACKED, rows, strips, target);
}

OUT_OF_LINE void multiply_whole(const Strips *strips, Target target) { multiply_rows(ROWS, strips, target); }

// The last strip of A is rarely full: less of it is computed where less is enough.
OUT_OF_LINE void multiply_third(const Strips *strips, Target target) { multiply_rows(ROWS / 3, strips, target); }

OUT_OF_LINE void multiply_two_thirds(const Strips *strips, Target target) { multiply_rows(2 * ROWS / 3, strips, target); }

OUT_OF_LINE void multiply_one(const Strips *strips, Target target) { multiply_rows(1, strips, target); }

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
