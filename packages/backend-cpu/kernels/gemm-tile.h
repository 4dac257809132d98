// The innermost loop: a ROWS × COLUMNS tile of C is kept in registers while k runs.
#pragma once
#include "activation.h"

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

// What happens to a tile after the last block of k.
typedef struct {
  const f32 *bias;  // of the first column of C, or 0
  u32 activation;
  f32 slope;
} Epilogue;

typedef struct {
  f32 *c;
  u32 stride, rows, columns;
  u32 accumulate;         // C holds the sum over earlier blocks of k
  const Epilogue *finish; // 0 before the last block
  u32 column;             // of the tile in C, for the bias
} Tile;

INLINE vf finish_vector(const Epilogue *finish, u32 column, vf x) {
  if (finish->bias) x += load(finish->bias + column);
  return activate(finish->activation, finish->slope, x);
}

// A whole tile goes straight to C.
INLINE void write_whole(vf sums[ROWS][VECTORS], const Tile *tile) {
  UNROLL for (u32 i = 0; i < ROWS; i++) {
    UNROLL for (u32 v = 0; v < VECTORS; v++) {
      f32 *c = tile->c + i * tile->stride + v * LANES;
      store(c, tile->accumulate ? load(c) + sums[i][v] : sums[i][v]);
    }
  }
}

// A tile over the edge of C goes through a full one, so that nothing outside C is touched.
OUT_OF_LINE void write_edge(const f32 *sums, const Tile *tile) {
  for (u32 i = 0; i < tile->rows; i++)
    for (u32 j = 0; j < tile->columns; j++) {
      f32 *c = tile->c + i * tile->stride + j;
      *c = tile->accumulate ? *c + sums[i * COLUMNS + j] : sums[i * COLUMNS + j];
    }
}

OUT_OF_LINE void finish_tile(const Tile *tile) {
  for (u32 i = 0; i < tile->rows; i++) {
    f32 *row = tile->c + i * tile->stride;
    u32 j = 0;
    for (; j + LANES <= tile->columns; j += LANES) store(row + j, finish_vector(tile->finish, tile->column + j, load(row + j)));
    for (; j < tile->columns; j++) {
      const vf x = splat(row[j] + (tile->finish->bias ? tile->finish->bias[tile->column + j] : 0.f));
      row[j] = activate(tile->finish->activation, tile->finish->slope, x)[0];
    }
  }
}

OUT_OF_LINE void multiply_tile(u32 count, const f32 *restrict a, const f32 *restrict b, const Tile *tile) {
  vf sums[ROWS][VECTORS];
  UNROLL for (u32 i = 0; i < ROWS; i++) UNROLL for (u32 v = 0; v < VECTORS; v++) sums[i][v] = (vf){0};
  for (u32 k = 0; k < count; k++, a += ROWS, b += COLUMNS) {
    vf row[VECTORS];
    UNROLL for (u32 v = 0; v < VECTORS; v++) row[v] = load(b + v * LANES);
    UNROLL for (u32 i = 0; i < ROWS; i++) {
      const vf x = splat(a[i]);
      UNROLL for (u32 v = 0; v < VECTORS; v++) sums[i][v] = multiply_add(x, row[v], sums[i][v]);
    }
  }
  if (tile->rows == ROWS && tile->columns == COLUMNS) write_whole(sums, tile);
  else {
    f32 spilled[ROWS * COLUMNS];
    UNROLL for (u32 i = 0; i < ROWS; i++) UNROLL for (u32 v = 0; v < VECTORS; v++) store(spilled + i * COLUMNS + v * LANES, sums[i][v]);
    write_edge(spilled, tile);
  }
  if (tile->finish) finish_tile(tile);
}
