// Reductions with a fixed tree: lanes, then blocks, then a running total over blocks. The order depends on the shape
// alone, so the result has the same bits on any number of threads.
#include "reduce.h"

#include "vector.h"

#define BLOCK 4096  // elements added in float32 before the double-precision total takes over
#define ROW_BLOCK 64
#define COLUMN_TILE (4 * LANES)

INLINE vf combine(u32 kind, vf a, vf b) {
  return kind == SUM ? plus(a, b) : kind == PRODUCT ? times(a, b) : kind == MAX ? larger_of(a, b) : smaller_of(a, b);
}

INLINE f32 combine_one(u32 kind, f32 a, f32 b) { return combine(kind, splat(a), splat(b))[0]; }

INLINE f32 identity_of(u32 kind) { return kind == SUM ? 0.f : kind == PRODUCT ? 1.f : kind == MAX ? -__builtin_inff() : __builtin_inff(); }

INLINE f32 reduce_block(u32 kind, const f32 *x, u32 count) {
  vf part[4];
  UNROLL for (u32 v = 0; v < 4; v++) part[v] = splat(identity_of(kind));
  u32 i = 0;
  for (; i + COLUMN_TILE <= count; i += COLUMN_TILE)
    UNROLL for (u32 v = 0; v < 4; v++) part[v] = combine(kind, part[v], load(x + i + v * LANES));
  const vf all = combine(kind, combine(kind, part[0], part[1]), combine(kind, part[2], part[3]));
  f32 total = all[0];
  UNROLL for (u32 lane = 1; lane < LANES; lane++) total = combine_one(kind, total, all[lane]);
  for (; i < count; i++) total = combine_one(kind, total, x[i]);
  return total;
}

// One contiguous row to one number.
OUT_OF_LINE f32 reduce_row(u32 kind, const f32 *x, u32 count) {
  if (kind == MAX) return reduce_block(MAX, x, count);
  if (kind == MIN) return reduce_block(MIN, x, count);
  if (kind == PRODUCT) return reduce_block(PRODUCT, x, count);
  f64 total = 0;
  for (u32 i = 0; i < count; i += BLOCK) total += reduce_block(SUM, x + i, smaller(BLOCK, count - i));
  return (f32)total;
}

// Columns [j, j + COLUMN_TILE) over all rows.
INLINE void reduce_columns(u32 kind, const f32 *x, u32 count, u32 stride, f32 scale, f32 *out) {
  vf total[4], block[4];
  UNROLL for (u32 v = 0; v < 4; v++) total[v] = splat(identity_of(kind));
  for (u32 i0 = 0; i0 < count; i0 += ROW_BLOCK) {
    UNROLL for (u32 v = 0; v < 4; v++) block[v] = splat(identity_of(kind));
    for (u32 i = i0; i < smaller(i0 + ROW_BLOCK, count); i++)
      UNROLL for (u32 v = 0; v < 4; v++) block[v] = combine(kind, block[v], load(x + i * stride + v * LANES));
    UNROLL for (u32 v = 0; v < 4; v++) total[v] = combine(kind, total[v], block[v]);
  }
  UNROLL for (u32 v = 0; v < 4; v++) store(out + v * LANES, total[v] * scale);
}

OUT_OF_LINE void reduce_column(u32 kind, const f32 *x, u32 count, u32 stride, f32 scale, f32 *out) {
  f32 total = identity_of(kind);
  for (u32 i0 = 0; i0 < count; i0 += ROW_BLOCK) {
    f32 block = identity_of(kind);
    for (u32 i = i0; i < smaller(i0 + ROW_BLOCK, count); i++) block = combine_one(kind, block, x[i * stride]);
    total = combine_one(kind, total, block);
  }
  *out = total * scale;
}

static void reduce_tile(const ReduceCommand *r, u32 outer, u32 tile) {
  const f32 *x = HEAP(f32, r->source) + outer * r->count * r->inner;
  f32 *out = HEAP(f32, r->destination) + outer * r->inner;
  if (r->inner == 1) {
    *out = reduce_row(r->kind, x, r->count) * r->scale;
    return;
  }
  const u32 first = tile * COLUMN_TILE;
  if (first + COLUMN_TILE > r->inner) {
    for (u32 j = first; j < r->inner; j++) reduce_column(r->kind, x + j, r->count, r->inner, r->scale, out + j);
  } else if (r->kind == SUM) reduce_columns(SUM, x + first, r->count, r->inner, r->scale, out + first);
  else if (r->kind == MAX) reduce_columns(MAX, x + first, r->count, r->inner, r->scale, out + first);
  else if (r->kind == PRODUCT) reduce_columns(PRODUCT, x + first, r->count, r->inner, r->scale, out + first);
  else reduce_columns(MIN, x + first, r->count, r->inner, r->scale, out + first);
}

void run_reduce(const ReduceCommand *r, u32 chunk) {
  const u32 tiles = ceil_div(r->inner, COLUMN_TILE), units = r->outer * tiles;
  const u32 end = part_start(chunk + 1, units, r->header.chunks);
  for (u32 unit = part_start(chunk, units, r->header.chunks); unit < end; unit++) reduce_tile(r, unit / tiles, unit % tiles);
}

static f64 sum_of_squares(const f32 *x, u32 count) {
  vf part[4] = {{0}, {0}, {0}, {0}};
  u32 i = 0;
  for (; i + COLUMN_TILE <= count; i += COLUMN_TILE)
    UNROLL for (u32 v = 0; v < 4; v++) {
      const vf y = load(x + i + v * LANES);
      part[v] = multiply_add(y, y, part[v]);
    }
  f64 total = sum_lanes((part[0] + part[1]) + (part[2] + part[3]));
  for (; i < count; i++) total += (f64)x[i] * x[i];
  return total;
}

// Blocks are numbered through all tensors; block b of the whole lies in the tensor whose range holds it.
void run_squares(const SquaresCommand *s, u32 chunk) {
  const u32 *table = (const u32 *)(s + 1);
  const u32 first = part_start(chunk, s->blocks, s->header.chunks);
  const u32 end = part_start(chunk + 1, s->blocks, s->header.chunks);
  u32 block = 0;
  for (u32 tensor = 0; tensor < s->tensors && block < end; tensor++) {
    const u32 offset = table[2 * tensor], count = table[2 * tensor + 1];
    for (u32 i = 0; i < count && block < end; i += BLOCK, block++)
      if (block >= first) HEAP(f64, s->partial)[block] = sum_of_squares(HEAP(f32, offset) + i, smaller(BLOCK, count - i));
  }
}
