// Uniform numbers of Philox4x32-10 (Salmon et al. 2011), laid out as `philox` of @nt/tensor says: element i is lane i mod 4
// of the block with counter [i / 4, 0, counter], so that threads fill parts on their own and get the same bits.
#include "random.h"

#include "vector.h"

#define ROUNDS 10
// Blocks side by side: one to a lane of a vector.
#define BLOCKS 16

typedef struct { u32 a[BLOCKS], b[BLOCKS], c[BLOCKS], d[BLOCKS]; } Blocks;

OUT_OF_LINE void philox_rounds(Blocks *x, u32 k0, u32 k1) {
  for (u32 round = 0; round < ROUNDS; round++, k0 += 0x9e3779b9u, k1 += 0xbb67ae85u)
    for (u32 i = 0; i < BLOCKS; i++) {
      const uint64_t p = (uint64_t)0xd2511f53u * x->a[i], q = (uint64_t)0xcd9e8d57u * x->c[i];
      x->a[i] = (u32)(q >> 32) ^ x->b[i] ^ k0;
      x->c[i] = (u32)(p >> 32) ^ x->d[i] ^ k1;
      x->b[i] = (u32)q;
      x->d[i] = (u32)p;
    }
}

// The upper 24 bits: exact in float32.
INLINE f32 uniform(u32 integer) { return (f32)(i32)(integer >> 8) * (1.0f / 16777216.0f); }

void run_random(const RandomCommand *r, u32 chunk) {
  f32 *out = HEAP(f32, r->destination);
  const u32 groups = ceil_div(r->count, 4 * BLOCKS), end = part_start(chunk + 1, groups, r->header.chunks);
  for (u32 group = part_start(chunk, groups, r->header.chunks); group < end; group++) {
    Blocks x;
    for (u32 i = 0; i < BLOCKS; i++) {
      x.a[i] = group * BLOCKS + i;
      x.b[i] = 0;
      x.c[i] = r->counter[0];
      x.d[i] = r->counter[1];
    }
    philox_rounds(&x, r->seed[0], r->seed[1]);
    f32 numbers[4 * BLOCKS];
    for (u32 i = 0; i < BLOCKS; i++) {
      numbers[4 * i] = uniform(x.a[i]);
      numbers[4 * i + 1] = uniform(x.b[i]);
      numbers[4 * i + 2] = uniform(x.c[i]);
      numbers[4 * i + 3] = uniform(x.d[i]);
    }
    const u32 first = group * 4 * BLOCKS;
    __builtin_memcpy(out + first, numbers, smaller(4 * BLOCKS, r->count - first) * sizeof(f32));
  }
}
