// Along an axis of [outer, count, inner]: running sums and products, and where the largest or smallest element is. Chunks
// share out the lines.
#include "indexed.h"
#include "vector.h"

static void scan_line(const ScanCommand *s, const f32 *x, f32 *out) {
  const u32 last = (s->count - 1) * s->inner;
  f64 total = s->product ? 1 : 0;
  for (u32 i = 0; i < s->count; i++) {
    const u32 at = s->reverse ? last - i * s->inner : i * s->inner;
    const f64 value = x[at];
    if (s->exclusive) out[at] = (f32)total;
    total = s->product ? total * value : total + value;
    if (!s->exclusive) out[at] = (f32)total;
  }
}

void run_scan(const ScanCommand *s, u32 chunk) {
  const u32 units = s->outer * s->inner, end = part_start(chunk + 1, units, s->header.chunks);
  for (u32 unit = part_start(chunk, units, s->header.chunks); unit < end; unit++) {
    const u32 at = unit / s->inner * s->count * s->inner + unit % s->inner;
    scan_line(s, HEAP(f32, s->source) + at, HEAP(f32, s->destination) + at);
  }
}

// The first of equal ones; NaN is never larger or smaller.
#define BEST_OF_LINE(name, type)                                                  \
  static u32 name(const type *x, u32 count, u32 stride, u32 smallest) {           \
    u32 best = 0;                                                                 \
    for (u32 i = 1; i < count; i++) {                                             \
      const type value = x[i * stride], leader = x[best * stride];                \
      if (smallest ? value < leader : value > leader) best = i;                   \
    }                                                                             \
    return best;                                                                  \
  }

BEST_OF_LINE(best_float, f32)
BEST_OF_LINE(best_int, i32)

void run_arg(const ArgCommand *a, u32 chunk) {
  const u32 units = a->outer * a->inner, end = part_start(chunk + 1, units, a->header.chunks);
  for (u32 unit = part_start(chunk, units, a->header.chunks); unit < end; unit++) {
    const u32 at = unit / a->inner * a->count * a->inner + unit % a->inner;
    HEAP(i32, a->destination)[unit] = a->integers ? best_int(HEAP(i32, a->source) + at, a->count, a->inner, a->smallest)
                                                  : best_float(HEAP(f32, a->source) + at, a->count, a->inner, a->smallest);
  }
}
