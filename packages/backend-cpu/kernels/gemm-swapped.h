// A · Bᵀ with few rows, as in a layer's gradient for its input: computed as (B · Aᵀ)ᵀ. B takes the place whose elements the
// inner loop spreads over a vector one by one, so that it is read where it lies instead of being transposed while it is
// packed, which took a fifth of the product. Only A is packed. Each sum has the same order.
#pragma once
#include "gemm-pack.h"
#include "gemm-problem.h"
#include "gemm-tile.h"

#define LINE 16  // floats of a cache line

// Rows of A fill whole vectors here: not worth it where an eighth of them would be empty.
INLINE u32 is_swapped(const GemmCommand *g) {
  const u32 rounded = ceil_div(g->m, COLUMNS) * COLUMNS;
  if (g->m > MOST_SWAPPED || rounded - g->m > g->m / 8) return 0;
  return g->b_row == 1 && g->b_column != 1 && !g->narrow && !g->accumulate && rounded * (uint64_t)g->k <= SHARED_FLOATS;
}

OUT_OF_LINE void pack_a_as_columns(const Problem *p, u32 row, u32 k, u32 count, f32 *packed) {
  const GemmCommand *g = p->command;
  const f32 *source = p->a + row * g->a_row + k * g->a_column;
  const u32 valid = smaller(COLUMNS, g->m - row);
  if (g->a_column == 1) pack_along_k(COLUMNS, 4, valid, count, source, g->a_row, packed);
  else pack_across(COLUMNS, 4, valid, count, source, g->a_column, packed);
}

// A tile of Cᵀ goes to C; `rows` of C, `columns` of it.
INLINE void store_transposed(const f32 *tile, f32 *c, u32 stride, u32 rows, u32 columns) {
  u32 j = 0;
  for (; j + 4 <= columns; j += 4) {
    u32 i = 0;
    for (; i + 4 <= rows; i += 4) {
      v4 r[4];
      UNROLL for (u32 x = 0; x < 4; x++) r[x] = load4(tile + (j + x) * COLUMNS + i);
      transpose4(r);
      UNROLL for (u32 x = 0; x < 4; x++) store4(c + (i + x) * stride + j, r[x]);
    }
    for (; i < rows; i++)
      for (u32 x = 0; x < 4; x++) c[i * stride + j + x] = tile[(j + x) * COLUMNS + i];
  }
  for (; j < columns; j++)
    for (u32 i = 0; i < rows; i++) c[i * stride + j] = tile[j * COLUMNS + i];
}

// Columns of C that are dealt with at once, of those that are left: as many as there is code for.
INLINE u32 columns_at_once(u32 left) {
  if (left >= ROWS) return ROWS;
  return left >= 2 * ROWS / 3 ? 2 * ROWS / 3 : left >= ROWS / 3 ? ROWS / 3 : 1;
}

INLINE void multiply_columns(const Strips *strips, Target target, u32 columns) {
  if (columns == ROWS) multiply_whole(strips, target);
  else if (columns == 2 * ROWS / 3) multiply_two_thirds(strips, target);
  else if (columns == ROWS / 3) multiply_third(strips, target);
  else multiply_one(strips, target);
}

// A tile of Cᵀ, from C[row, column] on, summed over the whole of k.
OUT_OF_LINE void multiply_swapped(const Problem *p, u32 row, u32 column, u32 columns, const f32 *a, f32 *tile) {
  const GemmCommand *g = p->command;
  const u32 rounded = ceil_div(g->m, COLUMNS) * COLUMNS;
  for (u32 k = 0; k < g->k; k += K_BLOCK) {
    const u32 count = smaller(K_BLOCK, g->k - k);
    // Rows of B for the next columns, which lie in one piece when B is dense: each step of this one's tiles asks for a line.
    const u32 lines_before = row / COLUMNS * g->k + k, asks = lines_before < ROWS * g->k / LINE;
    const Strips strips = {
        .kind = A_IN_PLACE,
        .depth = count,
        .a = p->b + column * g->b_column + k,
        .a_row = g->b_column,
        .b = a + rounded * k + row * count,
        .b_step = COLUMNS,
        .next = p->b + (column + columns) * g->b_column + (asks ? lines_before * LINE : 0),
        .next_step = asks ? LINE : 0,
    };
    multiply_columns(&strips, (Target){tile, COLUMNS, k > 0}, columns);
  }
}

// Columns [first, end) of C.
OUT_OF_LINE void run_swapped(const Problem *p, u32 first, u32 end, Workspace *work, u32 packed_before) {
  const GemmCommand *g = p->command;
  const u32 rounded = ceil_div(g->m, COLUMNS) * COLUMNS;
  for (u32 k = 0; k < g->k && !packed_before; k += K_BLOCK) {
    const u32 count = smaller(K_BLOCK, g->k - k);
    for (u32 row = 0; row < g->m; row += COLUMNS)
      pack_a_as_columns(p, row, k, count, work->shared + rounded * k + row * count);
  }
  f32 tile[ROWS * COLUMNS];
  for (u32 column = first; column < end;) {
    const u32 columns = columns_at_once(end - column);
    for (u32 row = 0; row < g->m; row += COLUMNS) {
      multiply_swapped(p, row, column, columns, work->shared, tile);
      store_transposed(tile, p->c + row * g->n + column, g->n, smaller(COLUMNS, g->m - row), columns);
    }
    column += columns;
  }
  if (p->is_finished) finish_block(&p->finish, p->c, 0, first, g->m, end - first);
}
