// Softmax of rows, shifted by the largest element so that nothing overflows.
#include "softmax.h"

#include "math.h"

static f32 largest(const f32 *x, u32 count) {
  f32 best = x[0];
  for (u32 i = 1; i < count; i++) best = larger_of(splat(best), splat(x[i]))[0];
  return best;
}

// out = exp(x - shift); returns the sum.
static f32 exponentials(const f32 *x, f32 shift, u32 count, f32 *out) {
  vf total = {0};
  u32 i = 0;
  for (; i + LANES <= count; i += LANES) {
    const vf e = vector_exp(load(x + i) - shift);
    store(out + i, e);
    total += e;
  }
  f32 sum = sum_lanes(total);
  for (; i < count; i++) sum += out[i] = vector_exp(splat(x[i] - shift))[0];
  return sum;
}

static void softmax_row(const f32 *x, u32 count, f32 *out) {
  const f32 sum = exponentials(x, largest(x, count), count, out);
  for (u32 i = 0; i < count; i++) out[i] /= sum;
}

void run_softmax(const SoftmaxCommand *s, u32 chunk) {
  const u32 end = part_start(chunk + 1, s->rows, s->header.chunks);
  for (u32 row = part_start(chunk, s->rows, s->header.chunks); row < end; row++)
    softmax_row(HEAP(f32, s->x) + row * s->columns, s->columns, HEAP(f32, s->out) + row * s->columns);
}
