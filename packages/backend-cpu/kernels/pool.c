// 1-D pooling with ceil mode: windows lie next to each other, the last may be partial. Chunks share out the batch.
#include "pool.h"

#include "pair.h"

// NaN wins over every number, as Math.max.
static u32 exceeds(f32 candidate, f32 best) { return candidate > best || (candidate != candidate && best == best); }

static u32 largest(const f32 *window, u32 size, u32 stride) {
  u32 best = 0;
  for (u32 i = 1; i < size; i++)
    if (exceeds(window[i * stride], window[best * stride])) best = i;
  return best;
}

static f32 mean(const f32 *window, u32 size, u32 stride) {
  f32 total = 0;
  for (u32 i = 0; i < size; i++) total += window[i * stride];
  return total / size;
}

typedef struct {
  u32 first, size, at;  // element of x, length, element of the result
} Window;

static Window window_of(const PoolCommand *p, u32 pooled, u32 n, u32 t, u32 channel) {
  const u32 start = t * p->kernel;
  return (Window){(n * p->length + start) * p->channels + channel, smaller(p->kernel, p->length - start), (n * pooled + t) * p->channels + channel};
}

// The usual window: the larger of two neighbours. `t` begins at 0; returns how many windows of the row are done.
static u32 pool_pairs(const f32 *x, f32 *out, u32 windows) {
  u32 t = 0;
  for (; t + LANES <= windows; t += LANES) {
    const Pair pair = load_pairs(x + 2 * t);
    store(out + t, larger_of(pair.first, pair.second));
  }
  return t;
}

static u32 pool_pairs_grad(const f32 *x, const f32 *dy, f32 *dx, u32 windows) {
  u32 t = 0;
  for (; t + LANES <= windows; t += LANES) {
    const Pair pair = load_pairs(x + 2 * t);
    const vi is_second = (pair.second > pair.first) | ((pair.second != pair.second) & (pair.first == pair.first));
    const vf slope = load(dy + t), zero = splat(0.f);
    store_pairs(dx + 2 * t, (Pair){choose(is_second, zero, slope), choose(is_second, slope, zero)});
  }
  return t;
}

static u32 has_pairs(const PoolCommand *p) { return p->kernel == 2 && p->channels == 1 && !p->average; }

void run_pool(const PoolCommand *p, u32 chunk) {
  const f32 *x = HEAP(f32, p->x);
  f32 *out = HEAP(f32, p->out);
  const u32 pooled = ceil_div(p->length, p->kernel);
  const u32 end = part_start(chunk + 1, p->batch, p->header.chunks);
  for (u32 n = part_start(chunk, p->batch, p->header.chunks); n < end; n++) {
    u32 t = has_pairs(p) ? pool_pairs(x + n * p->length, out + n * pooled, p->length / 2) : 0;
    for (; t < pooled; t++)
      for (u32 channel = 0; channel < p->channels; channel++) {
        const Window w = window_of(p, pooled, n, t, channel);
        const f32 *window = x + w.first;
        out[w.at] = p->average ? mean(window, w.size, p->channels) : window[largest(window, w.size, p->channels) * p->channels];
      }
  }
}

// The gradient of a maximum goes to the first of equal values; that of a mean is shared out.
void run_pool_grad(const PoolCommand *p, u32 chunk) {
  const f32 *x = HEAP(f32, p->x), *dy = HEAP(f32, p->dy);
  f32 *dx = HEAP(f32, p->out);
  const u32 pooled = ceil_div(p->length, p->kernel);
  const u32 end = part_start(chunk + 1, p->batch, p->header.chunks);
  for (u32 n = part_start(chunk, p->batch, p->header.chunks); n < end; n++) {
    u32 t = has_pairs(p) ? pool_pairs_grad(x + n * p->length, dy + n * pooled, dx + n * p->length, p->length / 2) : 0;
    for (; t < pooled; t++)
      for (u32 channel = 0; channel < p->channels; channel++) {
        const Window w = window_of(p, pooled, n, t, channel);
        const u32 best = p->average ? 0 : largest(x + w.first, w.size, p->channels);
        for (u32 i = 0; i < w.size; i++)
          dx[w.first + i * p->channels] = p->average ? dy[w.at] / w.size : i == best ? dy[w.at] : 0.f;
      }
  }
}
