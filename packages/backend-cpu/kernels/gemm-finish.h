// What happens to C when it is summed: a bias and an activation, or the derivative of one.
#pragma once
#include "activation.h"
#include "bfloat16.h"

typedef struct {
  u32 columns;         // of C
  const f32 *bias;     // of the first column of C, or 0
  const f32 *outputs;  // of the activation, of C's shape, when C is multiplied by its derivative; else 0
  const u16 *half_outputs;  // the same where they lie as bfloat16
  u16 *halves;         // where C goes as bfloat16 instead of staying where it is, or 0
  u32 activation;
  f32 slope;
} Epilogue;

INLINE u32 is_finished(const GemmCommand *g) { return g->bias || g->half_c || g->activation != LINEAR; }

INLINE Epilogue epilogue_of(const GemmCommand *g) {
  const u32 is_derivative = g->derivative_at != 0;
  return (Epilogue){
      .columns = g->n,
      .bias = g->bias ? HEAP(f32, g->bias) : 0,
      .outputs = is_derivative && !g->derivative_is_half ? HEAP(f32, g->derivative_at) : 0,
      .half_outputs = is_derivative && g->derivative_is_half ? HEAP(u16, g->derivative_at) : 0,
      .halves = g->half_c ? HEAP(u16, g->half_c) : 0,
      .activation = g->activation,
      .slope = g->slope,
  };
}

INLINE vf finish_vector(const Epilogue *finish, vf x, u32 row, u32 column) {
  if (finish->half_outputs)
    return through(finish->activation, finish->slope, x, load_halves(finish->half_outputs + row * half_row(finish->columns) + column));
  if (finish->outputs) return through(finish->activation, finish->slope, x, load(finish->outputs + row * finish->columns + column));
  return activate(finish->activation, finish->slope, finish->bias ? plus(x, load(finish->bias + column)) : x);
}

INLINE f32 finish_one(const Epilogue *finish, f32 x, u32 row, u32 column) {
  if (finish->half_outputs) {
    const f32 output = load_half(finish->half_outputs + row * half_row(finish->columns) + column);
    return through(finish->activation, finish->slope, splat(x), splat(output))[0];
  }
  if (finish->outputs)
    return through(finish->activation, finish->slope, splat(x), splat(finish->outputs[row * finish->columns + column]))[0];
  return activate(finish->activation, finish->slope, splat(finish->bias ? x + finish->bias[column] : x))[0];
}

// For the block of C whose first element is C[row, column]; `c` is the whole matrix.
OUT_OF_LINE void finish_block(const Epilogue *finish, f32 *c, u32 row, u32 column, u32 rows, u32 columns) {
  for (u32 i = row; i < row + rows; i++) {
    f32 *sums = c + i * finish->columns;
    u16 *halves = finish->halves ? finish->halves + i * half_row(finish->columns) : 0;
    u32 j = column;
    for (; j + LANES <= column + columns; j += LANES) {
      const vf x = finish_vector(finish, load(sums + j), i, j);
      if (halves) store_halves(halves + j, x);
      else store(sums + j, x);
    }
    for (; j < column + columns; j++) {
      const f32 x = finish_one(finish, sums[j], i, j);
      if (halves) store_half(halves + j, x);
      else sums[j] = x;
    }
  }
}
