// Matrix products of every transposition, after Goto & van de Geijn 2008: one operand is packed once and shared by all
// tiles of a chunk, the other is packed a strip at a time. Which one is shared depends on the shape (`by_rows`).
#include "gemm.h"

#include "gemm-pack.h"
#include "gemm-pairs.h"
#include "gemm-problem.h"
#include "gemm-swapped.h"
#include "gemm-tile.h"

// A strip of R rows of an operand, from `source` on; `is_along` when steps of k lie side by side.
INLINE void pack_strip(const GemmCommand *g, u32 R, u32 size, u32 valid, u32 count, const void *source, u32 is_along, u32 stride, f32 *packed) {
  if (is_paired(g)) {
    if (is_along) pack_pairs_along_k(R, size, valid, count, source, stride, packed);
    else pack_pairs_across(R, size, valid, count, source, stride, packed);
    return;
  }
  if (is_along) pack_along_k(R, size, valid, count, source, stride, packed);
  else pack_across(R, size, valid, count, source, stride, packed);
  if (g->narrow) round_strip(R, count, packed);
}

INLINE void pack_a_of(const Problem *p, u32 size, u32 row, u32 k, u32 count, f32 *packed) {
  const GemmCommand *g = p->command;
  const void *source = element(p->a, size, row * g->a_row + k * g->a_column);
  const u32 is_along = g->a_column == 1;
  pack_strip(g, ROWS, size, smaller(ROWS, g->m - row), count, source, is_along, is_along ? g->a_row : g->a_column, packed);
}

OUT_OF_LINE void pack_a(const Problem *p, u32 row, u32 k, u32 count, f32 *packed) { pack_a_of(p, 4, row, k, count, packed); }
OUT_OF_LINE void pack_halves_of_a(const Problem *p, u32 row, u32 k, u32 count, f32 *packed) { pack_a_of(p, 2, row, k, count, packed); }

INLINE void pack_rows(const Problem *p, u32 row, u32 k, u32 count, f32 *packed) {
  if (p->command->a_is_half) pack_halves_of_a(p, row, k, count, packed);
  else pack_a(p, row, k, count, packed);
}

OUT_OF_LINE void pack_b(const Problem *p, u32 column, u32 k, u32 count, f32 *packed) {
  const GemmCommand *g = p->command;
  const f32 *source = p->b + k * g->b_row + column * g->b_column;
  const u32 is_along = g->b_column != 1;
  pack_strip(g, COLUMNS, 4, smaller(COLUMNS, g->n - column), count, source, is_along, is_along ? g->b_column : g->b_row, packed);
}

INLINE void multiply(const Problem *p, u32 row, u32 column, u32 k, u32 count, const f32 *a, const f32 *b, u32 b_step) {
  const GemmCommand *g = p->command;
  const Target target = {p->c + row * g->n + column, g->n, k > 0 || g->accumulate};
  const u32 rows = g->m - row, columns = g->n - column;
  const Strips strips = {.kind = is_paired(g) ? PACKED_PAIRS : PACKED, .depth = depth_of(g, count), .a = a, .b = b, .b_step = b_step};
  multiply_tile(&strips, target, rows, columns);
  if (p->is_finished && k + count == g->k)
    finish_block(&p->finish, p->c, row, column, smaller(rows, ROWS), smaller(columns, COLUMNS));
}

// Columns [first, end) of C in strips; A is shared. A whole strip of B whose columns lie side by side is read where it lies.
OUT_OF_LINE void run_columns(const Problem *p, u32 first, u32 end, Workspace *work, u32 packed_before) {
  const GemmCommand *g = p->command;
  const u32 rounded = ceil_div(g->m, ROWS) * ROWS;
  const u32 fits = (uint64_t)rounded * depth_of(g, g->k) <= SHARED_FLOATS;
  const u32 block = fits ? rounded : SHARED_FLOATS / depth_of(g, K_BLOCK) / ROWS * ROWS;
  for (u32 row0 = 0; row0 < g->m; row0 += block)
    for (u32 k = 0; k < g->k; k += K_BLOCK) {
      const u32 count = smaller(K_BLOCK, g->k - k), depth = depth_of(g, count), row_end = smaller(row0 + block, g->m);
      f32 *shared = work->shared + (fits ? rounded * depth_of(g, k) : 0);
      if (!(fits && packed_before))
        for (u32 row = row0; row < row_end; row += ROWS) pack_rows(p, row, k, count, shared + (row - row0) * depth);
      for (u32 column = first; column < end; column += COLUMNS) {
        const u32 in_place = B_IN_PLACE && g->b_column == 1 && !g->narrow && column + COLUMNS <= g->n;
        const f32 *b = in_place ? p->b + k * g->b_row + column : work->panel;
        if (!in_place) pack_b(p, column, k, count, work->panel);
        for (u32 row = row0; row < row_end; row += ROWS)
          multiply(p, row, column, k, count, shared + (row - row0) * depth, b, in_place ? g->b_row : COLUMNS);
      }
    }
}

// Rows [first, end) of C in strips; B is shared.
OUT_OF_LINE void run_rows(const Problem *p, u32 first, u32 end, Workspace *work, u32 packed_before) {
  const GemmCommand *g = p->command;
  const u32 rounded = ceil_div(g->n, COLUMNS) * COLUMNS;
  const u32 fits = (uint64_t)rounded * depth_of(g, g->k) <= SHARED_FLOATS;
  const u32 block = fits ? rounded : SHARED_FLOATS / depth_of(g, K_BLOCK) / COLUMNS * COLUMNS;
  for (u32 column0 = 0; column0 < g->n; column0 += block)
    for (u32 k = 0; k < g->k; k += K_BLOCK) {
      const u32 count = smaller(K_BLOCK, g->k - k), depth = depth_of(g, count), column_end = smaller(column0 + block, g->n);
      f32 *shared = work->shared + (fits ? rounded * depth_of(g, k) : 0);
      if (!(fits && packed_before))
        for (u32 column = column0; column < column_end; column += COLUMNS)
          pack_b(p, column, k, count, shared + (column - column0) * depth);
      for (u32 row = first; row < end; row += ROWS) {
        pack_rows(p, row, k, count, work->panel);
        for (u32 column = column0; column < column_end; column += COLUMNS)
          multiply(p, row, column, k, count, work->panel, shared + (column - column0) * depth, COLUMNS);
      }
    }
}

// A block of the rows of a matrix is a product of its own.
static GemmCommand block_of(const GemmCommand *g, u32 matrix, u32 block) {
  const u32 fours = ceil_div(g->m, 4);
  const u32 first = part_start(block, fours, g->row_blocks) * 4, end = smaller(part_start(block + 1, fours, g->row_blocks) * 4, g->m);
  GemmCommand part = *g;
  part.m = end - first;
  part.a += (matrix * g->a_batch + first * g->a_row) * (g->a_is_half ? sizeof(u16) : sizeof(f32));
  part.b += matrix * g->b_batch * sizeof(f32);
  const u32 at = (matrix * g->m + first) * g->n * sizeof(f32), half_at = first * half_row(g->n) * sizeof(u16);
  part.c += at;
  if (g->derivative_at) part.derivative_at += g->derivative_is_half ? half_at : at;
  if (g->half_c) part.half_c += half_at;
  return part;
}

// One group of strips of a block. A thread that takes several groups of the same block packs the shared operand once.
static void run_group(const GemmCommand *g, u32 block, u32 group, Workspace *work) {
  const Problem p = {
      .command = g,
      .a = HEAP(f32, g->a),
      .b = HEAP(f32, g->b),
      .c = HEAP(f32, g->c),
      .is_finished = is_finished(g),
      .finish = epilogue_of(g),
  };
  const u32 packed_before = work->owner_sequence == g->header.sequence && work->owner_block == block;
  const u32 strip = g->by_rows ? ROWS : COLUMNS, length = g->by_rows ? g->m : g->n;
  const u32 strips = ceil_div(length, strip);
  const u32 first = part_start(group, strips, g->groups) * strip;
  const u32 end = smaller(part_start(group + 1, strips, g->groups) * strip, length);
  if (g->by_rows) run_rows(&p, first, end, work, packed_before);
  else if (is_swapped(g)) run_swapped(&p, first, end, work, packed_before);
  else run_columns(&p, first, end, work, packed_before);
  work->owner_sequence = g->header.sequence;
  work->owner_block = block;
}

void run_gemm(const GemmCommand *g, u32 chunk, Workspace *work) {
  const u32 blocks = g->batch * g->row_blocks, units = blocks * g->groups;
  const u32 end = part_start(chunk + 1, units, g->header.chunks);
  for (u32 unit = part_start(chunk, units, g->header.chunks); unit < end; unit++) {
    const u32 block = unit / g->groups, turn = unit % g->groups;
    const GemmCommand part = block_of(g, block / g->row_blocks, block % g->row_blocks);
    // Threads that begin at both ends of the blocks of a matrix go through B side by side.
    const u32 group = block % g->row_blocks < g->row_blocks / 2 ? turn : g->groups - 1 - turn;
    if (is_thin(g)) run_thin(&part, group);
    else run_group(&part, block, group, work);
  }
}
