// Rows by index: copied, or added up.
#include "indexed.h"
#include "vector.h"

// Slices are numbered through the outer axes, `count` for each.
void run_gather(const GatherCommand *g, u32 chunk) {
  const u32 units = g->outer * g->count, end = part_start(chunk + 1, units, g->header.chunks);
  const i32 *indices = HEAP(i32, g->indices);
  for (u32 unit = part_start(chunk, units, g->header.chunks); unit < end; unit++) {
    const u32 row = unit / g->count * g->size + (u32)indices[unit % g->count];
    const u32 *from = HEAP(u32, g->source) + row * g->slice;
    u32 *to = HEAP(u32, g->destination) + unit * g->slice;
    if (g->slice == 1) *to = *from;
    else __builtin_memcpy(to, from, g->slice * sizeof(u32));
  }
}

// Chunks share out the columns, so that each sum has its rows in their order however many there are.
void run_segment_sum(const SegmentCommand *s, u32 chunk) {
  const u32 first = part_start(chunk, s->width, s->header.chunks), end = part_start(chunk + 1, s->width, s->header.chunks);
  const i32 *ids = HEAP(i32, s->ids);
  f32 *out = HEAP(f32, s->destination);
  for (u32 segment = 0; segment < s->segments; segment++)
    for (u32 j = first; j < end; j++) out[segment * s->width + j] = 0;
  for (u32 row = 0; row < s->rows; row++) {
    if ((u32)ids[row] >= s->segments) continue;
    const f32 *from = HEAP(f32, s->source) + row * s->width;
    f32 *to = out + (u32)ids[row] * s->width;
    for (u32 j = first; j < end; j++) to[j] += from[j];
  }
}
