// Works on tiles, as rules do: inputs are brought in, computed on, and the result written. Sums and products wrap around.
#include "integer.h"

#include "vector.h"

#define TILE 512

// Indices are negative where an axis is walked from its end.
static i32 read_integer(u32 offset, u32 byte, i32 index) { return byte ? HEAP(u8, offset)[index] : HEAP(i32, offset)[index]; }

OUT_OF_LINE void read_line(i32 *to, const IntegerInput *input, i32 from, i32 stride, u32 count) {
  if (!input->byte && stride == 1) __builtin_memcpy(to, HEAP(i32, input->offset) + from, count * sizeof(i32));
  else for (u32 i = 0; i < count; i++) to[i] = read_integer(input->offset, input->byte, from + (i32)i * stride);
}

// Elements [start, start + count) of an input as it lies against the result.
static void read_tile(i32 *to, const IntegerCommand *c, const IntegerInput *input, u32 start, u32 count) {
  const u32 last = c->rank - 1;
  while (count > 0) {
    i32 from = 0;
    u32 at = 0;
    for (u32 axis = c->rank, rest = start; axis-- > 0; rest /= c->size[axis]) {
      if (axis == last) at = rest % c->size[axis];
      from += (i32)(rest % c->size[axis]) * input->stride[axis];
    }
    const u32 run = smaller(c->size[last] - at, count);
    read_line(to, input, from, input->stride[last], run);
    to += run, start += run, count -= run;
  }
}

static i32 floor_divide(i32 a, i32 b) {
  if (b == 0) return 0;
  const int64_t quotient = (int64_t)a / b;
  return (i32)(quotient - ((int64_t)a % b != 0 && (a < 0) != (b < 0)));
}

static i32 floor_mod(i32 a, i32 b) { return b == 0 ? 0 : (i32)(a - (int64_t)floor_divide(a, b) * b); }

#define EACH(expression) for (u32 i = 0; i < count; i++) { const i32 a = x[i], b = y[i], c = z[i]; (void)a, (void)b, (void)c; x[i] = (expression); } break

// The result takes the first operand's place.
static void compute(u32 operation, i32 *x, const i32 *y, const i32 *z, u32 count) {
  switch (operation) {
    case INT_ADD: EACH((i32)((u32)a + (u32)b));
    case INT_SUBTRACT: EACH((i32)((u32)a - (u32)b));
    case INT_MULTIPLY: EACH((i32)((u32)a * (u32)b));
    case INT_FLOOR_DIVIDE: EACH(floor_divide(a, b));
    case INT_MOD: EACH(floor_mod(a, b));
    case INT_MIN: EACH(a < b ? a : b);
    case INT_MAX: EACH(a > b ? a : b);
    case INT_SQUARED_DIFFERENCE: EACH((i32)(((u32)a - (u32)b) * ((u32)a - (u32)b)));
    case INT_EQUAL: EACH(a == b);
    case INT_NOT_EQUAL: EACH(a != b);
    case INT_LESS: EACH(a < b);
    case INT_LESS_EQUAL: EACH(a <= b);
    case INT_GREATER: EACH(a > b);
    case INT_GREATER_EQUAL: EACH(a >= b);
    case INT_AND: EACH(a != 0 && b != 0);
    case INT_OR: EACH(a != 0 || b != 0);
    case INT_SELECT: EACH(a ? b : c);
    default: break;
  }
}

void run_integer(const IntegerCommand *command, u32 chunk) {
  i32 tiles[3][TILE] = {{0}};
  const u32 all = ceil_div(command->count, TILE), end = part_start(chunk + 1, all, command->header.chunks);
  for (u32 tile = part_start(chunk, all, command->header.chunks); tile < end; tile++) {
    const u32 start = tile * TILE, count = smaller(TILE, command->count - start);
    for (u32 i = 0; i < command->inputs; i++) read_tile(tiles[i], command, &command->input[i], start, count);
    compute(command->operation, tiles[0], tiles[1], tiles[2], count);
    if (!command->out_byte) __builtin_memcpy(HEAP(i32, command->out) + start, tiles[0], count * sizeof(i32));
    else for (u32 i = 0; i < count; i++) HEAP(u8, command->out)[start + i] = (u8)tiles[0][i];
  }
}

static i32 reduce_line(const IntegerReduceCommand *r, u32 at) {
  i32 total = r->kind == INT_PRODUCT;
  for (u32 i = 0; i < r->count; i++) {
    const i32 value = read_integer(r->source, r->source_byte, (i32)(at + i * r->inner));
    if (r->kind == INT_SUM) total = (i32)((u32)total + (u32)value);
    else if (r->kind == INT_PRODUCT) total = (i32)((u32)total * (u32)value);
    else if (i == 0 || (r->kind == INT_LARGEST ? value > total : value < total)) total = value;
  }
  return total;
}

void run_integer_reduce(const IntegerReduceCommand *r, u32 chunk) {
  const u32 units = r->outer * r->inner, end = part_start(chunk + 1, units, r->header.chunks);
  for (u32 unit = part_start(chunk, units, r->header.chunks); unit < end; unit++) {
    const i32 total = reduce_line(r, unit / r->inner * r->count * r->inner + unit % r->inner);
    if (r->destination_byte) HEAP(u8, r->destination)[unit] = (u8)total;
    else HEAP(i32, r->destination)[unit] = total;
  }
}
