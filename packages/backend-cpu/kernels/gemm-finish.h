// What happens to C when it is summed: a bias and an activation, or the derivative of one.
#pragma once
#include "activation.h"
#include "command.h"

typedef struct {
  u32 columns;         // of C
  const f32 *bias;     // of the first column of C, or 0
  const f32 *outputs;  // of the activation, of C's shape, when C is multiplied by its derivative; else 0
  u32 activation;
  f32 slope;
} Epilogue;

INLINE u32 is_finished(const GemmCommand *g) { return g->bias || g->activation != LINEAR; }

INLINE Epilogue epilogue_of(const GemmCommand *g, u32 matrix) {
  return (Epilogue){
      .columns = g->n,
      .bias = g->bias ? HEAP(f32, g->bias) : 0,
      .outputs = g->derivative_at ? HEAP(f32, g->derivative_at) + matrix * g->m * g->n : 0,
      .activation = g->activation,
      .slope = g->slope,
  };
}

INLINE vf finish_vector(const Epilogue *finish, vf x, const f32 *bias, const f32 *output) {
  if (output) return through(finish->activation, finish->slope, x, load(output));
  return activate(finish->activation, finish->slope, bias ? plus(x, load(bias)) : x);
}

INLINE f32 finish_one(const Epilogue *finish, f32 x, const f32 *bias, const f32 *output) {
  if (output) return through(finish->activation, finish->slope, splat(x), splat(*output))[0];
  return activate(finish->activation, finish->slope, splat(bias ? x + *bias : x))[0];
}

// For the block of C whose first element is C[row, column]; `c` is the whole matrix.
OUT_OF_LINE void finish_block(const Epilogue *finish, f32 *c, u32 row, u32 column, u32 rows, u32 columns) {
  const f32 *bias = finish->bias ? finish->bias + column : 0;
  for (u32 i = 0; i < rows; i++) {
    const u32 at = (row + i) * finish->columns + column;
    const f32 *output = finish->outputs ? finish->outputs + at : 0;
    u32 j = 0;
    for (; j + LANES <= columns; j += LANES)
      store(c + at + j, finish_vector(finish, load(c + at + j), bias ? bias + j : 0, output ? output + j : 0));
    for (; j < columns; j++) c[at + j] = finish_one(finish, c[at + j], bias ? bias + j : 0, output ? output + j : 0);
  }
}
