// Brings inputs that cannot be read in place (broadcast, other types, a last partial tile) into a tile, and results out.
#pragma once
#include "rule.h"
#include "vector.h"

// As JavaScript stores a number into an Int32Array: towards zero, modulo 2^32; NaN and infinities give 0.
static i32 to_integer(f32 x) {
  if (absolute(splat(x))[0] < 2147483648.f) return (i32)x;
  if (!(absolute(splat(x))[0] < 9.2e18f)) return 0; // multiples of 2^32 from 2^56 on
  return (i32)(u32)(int64_t)x;
}

static f32 read_element(const RuleInput *input, u32 index) {
  if (input->type == BYTE) return HEAP(u8, input->offset)[index];
  if (input->type == INT) return (f32)HEAP(i32, input->offset)[index];
  return HEAP(f32, input->offset)[index];
}

// A run of elements at a constant stride.
OUT_OF_LINE void read_run(f32 *to, const RuleInput *input, u32 from, i32 stride, u32 count) {
  if (stride == 0) {
    const f32 value = read_element(input, from);
    for (u32 i = 0; i < count; i++) to[i] = value;
  } else if (input->type == FLOAT && stride == 1) {
    const f32 *source = HEAP(f32, input->offset) + from;
    for (u32 i = 0; i < count; i++) to[i] = source[i];
  } else {
    for (u32 i = 0; i < count; i++) to[i] = read_element(input, from + i * stride);
  }
}

OUT_OF_LINE void gather_strided(f32 *to, const RuleInput *input, const RuleCommand *command, u32 start, u32 count) {
  const u32 rank = command->rank, last = rank - 1;
  u32 at[MAX_RANK], from = 0;
  for (u32 axis = rank, rest = start; axis-- > 0; rest /= command->size[axis]) {
    at[axis] = rest % command->size[axis];
    from += at[axis] * input->stride[axis];
  }
  while (count > 0) {
    const u32 run = smaller(command->size[last] - at[last], count);
    read_run(to, input, from, input->stride[last], run);
    to += run, count -= run;
    from -= at[last] * input->stride[last];
    at[last] = 0;
    for (u32 axis = last; axis-- > 0;) {
      from += input->stride[axis];
      if (++at[axis] < command->size[axis]) break;
      from -= at[axis] * input->stride[axis];
      at[axis] = 0;
    }
  }
}

static void gather(f32 *to, const RuleInput *input, const RuleCommand *command, u32 start, u32 count) {
  if (input->layout == STRIDED) gather_strided(to, input, command, start, count);
  else read_run(to, input, start, 1, count);
}

OUT_OF_LINE void scatter(const RuleOutput *output, const f32 *from, u32 start, u32 count) {
  if (output->type == BYTE) {
    u8 *to = HEAP(u8, output->offset) + start;
    for (u32 i = 0; i < count; i++) to[i] = from[i] != 0.f;
  } else if (output->type == INT) {
    i32 *to = HEAP(i32, output->offset) + start;
    for (u32 i = 0; i < count; i++) to[i] = to_integer(from[i]);
  } else {
    f32 *to = HEAP(f32, output->offset) + start;
    for (u32 i = 0; i < count; i++) to[i] = from[i];
  }
}
