// Moves words: between strided layouts (transpose, slice, concat, pad, tile), one into many places, from a command.
#include "copy.h"

#include "vector.h"

OUT_OF_LINE void copy_run(u32 *to, i32 to_stride, const u32 *from, i32 from_stride, u32 count) {
  if (to_stride == 1 && from_stride == 1) __builtin_memcpy(to, from, count * sizeof(u32));
  else if (to_stride == 1 && from_stride == 0) for (u32 i = 0; i < count; i++) to[i] = *from;
  else for (u32 i = 0; i < count; i++) to[(i32)i * to_stride] = from[(i32)i * from_stride];
}

#define BLOCK 16  // rows

// Rows [first, end) of a plane whose fast axis differs between source and destination: a square at a time, so that both
// stay in the cache.
OUT_OF_LINE void copy_across(const CopyCommand *c, u32 *to, const u32 *from, u32 first, u32 end) {
  const u32 row = c->rank - 2, column = c->rank - 1;
  for (u32 j0 = 0; j0 < c->size[column]; j0 += BLOCK) {
    const u32 j_end = smaller(j0 + BLOCK, c->size[column]);
    for (u32 i = first; i < end; i++)
      for (u32 j = j0; j < j_end; j++)
        to[(i32)i * c->destination_stride[row] + (i32)j * c->destination_stride[column]] =
            from[(i32)i * c->source_stride[row] + (i32)j * c->source_stride[column]];
  }
}

static void copy_rows(const CopyCommand *c, u32 *to, const u32 *from, u32 first, u32 end) {
  const u32 row = c->rank - 2, column = c->rank - 1;
  if (c->source_stride[row] == 1 && c->source_stride[column] > 1) {
    copy_across(c, to, from, first, end);
    return;
  }
  for (u32 i = first; i < end; i++)
    copy_run(to + (i32)i * c->destination_stride[row], c->destination_stride[column],
             from + (i32)i * c->source_stride[row], c->source_stride[column], c->size[column]);
}

// Blocks of rows are numbered through all planes, which are numbered over all axes but the last two; rank is at least 2.
void run_copy(const CopyCommand *c, u32 chunk) {
  const u32 rows = c->size[c->rank - 2], blocks = ceil_div(rows, BLOCK);
  u32 units = blocks;
  for (u32 axis = 0; axis + 2 < c->rank; axis++) units *= c->size[axis];
  const u32 end = part_start(chunk + 1, units, c->header.chunks);
  for (u32 unit = part_start(chunk, units, c->header.chunks); unit < end; unit++) {
    i32 from = 0, to = 0;
    for (u32 axis = c->rank - 2, rest = unit / blocks; axis-- > 0; rest /= c->size[axis]) {
      const i32 at = rest % c->size[axis];
      from += at * c->source_stride[axis];
      to += at * c->destination_stride[axis];
    }
    const u32 first = unit % blocks * BLOCK;
    copy_rows(c, HEAP(u32, c->destination) + to, HEAP(u32, c->source) + from, first, smaller(first + BLOCK, rows));
  }
}

void run_fill(const FillCommand *f, u32 chunk) {
  u32 *to = HEAP(u32, f->destination);
  const u32 end = part_start(chunk + 1, f->count, f->header.chunks);
  for (u32 i = part_start(chunk, f->count, f->header.chunks); i < end; i++) to[i] = f->value;
}

void run_write(const WriteCommand *w) {
  __builtin_memcpy(HEAP(u32, w->destination), w + 1, w->count * sizeof(u32));
}
