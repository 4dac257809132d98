// Convolutions of each channel by itself: x is [batch, height, width, channels], the filter [window_height, window_width,
// channels, multiplier], y [batch, out_height, out_width, channels · multiplier].
#include "depthwise.h"

#include "vector.h"

// to[c · m + q] += x[c] · w[c · m + q]
INLINE void add_products(f32 *to, const f32 *x, const f32 *w, u32 channels, u32 multiplier) {
  if (multiplier == 1) for (u32 c = 0; c < channels; c++) to[c] += x[c] * w[c];
  else
    for (u32 c = 0; c < channels; c++)
      for (u32 q = 0; q < multiplier; q++) to[c * multiplier + q] += x[c] * w[c * multiplier + q];
}

// to[c] += Σq y[c · m + q] · w[c · m + q]
INLINE void add_sums(f32 *to, const f32 *y, const f32 *w, u32 channels, u32 multiplier) {
  if (multiplier == 1) for (u32 c = 0; c < channels; c++) to[c] += y[c] * w[c];
  else
    for (u32 c = 0; c < channels; c++)
      for (u32 q = 0; q < multiplier; q++) to[c] += y[c * multiplier + q] * w[c * multiplier + q];
}

// Where element `k` of window `out` begins in the image; false outside of it.
INLINE u32 position(u32 out, u32 stride, u32 k, u32 dilation, i32 pad, u32 size, u32 *at) {
  const i32 place = (i32)(out * stride + k * dilation) - pad;
  *at = (u32)place;
  return place >= 0 && place < (i32)size;
}

static void clear(f32 *to, u32 count) {
  for (u32 i = 0; i < count; i++) to[i] = 0;
}

// Rows of y are shared out.
void run_depthwise(const DepthwiseCommand *d, u32 chunk) {
  const WindowCommand *w = &d->window;
  const u32 depth = w->channels * d->multiplier, units = w->batch * w->out_height;
  const u32 end = part_start(chunk + 1, units, w->header.chunks);
  for (u32 unit = part_start(chunk, units, w->header.chunks); unit < end; unit++) {
    const u32 n = unit / w->out_height, oh = unit % w->out_height;
    f32 *row = HEAP(f32, w->y) + unit * w->out_width * depth;
    clear(row, w->out_width * depth);
    for (u32 kh = 0, ih; kh < w->window_height; kh++) {
      if (!position(oh, w->stride_height, kh, w->dilation_height, w->pad_top, w->height, &ih)) continue;
      const f32 *x = HEAP(f32, w->x) + (n * w->height + ih) * w->width * w->channels;
      for (u32 kw = 0, iw; kw < w->window_width; kw++) {
        const f32 *filter = HEAP(f32, d->filter) + (kh * w->window_width + kw) * depth;
        for (u32 ow = 0; ow < w->out_width; ow++)
          if (position(ow, w->stride_width, kw, w->dilation_width, w->pad_left, w->width, &iw))
            add_products(row + ow * depth, x + iw * w->channels, filter, w->channels, d->multiplier);
      }
    }
  }
}

// Rows of x's gradient are shared out; y is the gradient of the result.
void run_depthwise_input(const DepthwiseCommand *d, u32 chunk) {
  const WindowCommand *w = &d->window;
  const u32 depth = w->channels * d->multiplier, units = w->batch * w->height;
  const u32 end = part_start(chunk + 1, units, w->header.chunks);
  for (u32 unit = part_start(chunk, units, w->header.chunks); unit < end; unit++) {
    const u32 n = unit / w->height, row = unit % w->height;
    f32 *dx = HEAP(f32, w->x) + unit * w->width * w->channels;
    clear(dx, w->width * w->channels);
    for (u32 kh = 0; kh < w->window_height; kh++) {
      const i32 top = (i32)row + w->pad_top - (i32)(kh * w->dilation_height);
      if (top < 0 || (u32)top % w->stride_height != 0 || (u32)top / w->stride_height >= w->out_height) continue;
      const f32 *dy = HEAP(f32, w->y) + (n * w->out_height + (u32)top / w->stride_height) * w->out_width * depth;
      for (u32 kw = 0, iw; kw < w->window_width; kw++) {
        const f32 *filter = HEAP(f32, d->filter) + (kh * w->window_width + kw) * depth;
        for (u32 ow = 0; ow < w->out_width; ow++)
          if (position(ow, w->stride_width, kw, w->dilation_width, w->pad_left, w->width, &iw))
            add_sums(dx + iw * w->channels, dy + ow * depth, filter, w->channels, d->multiplier);
      }
    }
  }
}

// Places of the filter are shared out; sums of rows first, so that long sums stay exact.
void run_depthwise_filter(const DepthwiseCommand *d, u32 chunk, Workspace *work) {
  const WindowCommand *w = &d->window;
  const u32 depth = w->channels * d->multiplier, units = w->window_height * w->window_width;
  const u32 end = part_start(chunk + 1, units, w->header.chunks);
  for (u32 unit = part_start(chunk, units, w->header.chunks); unit < end; unit++) {
    const u32 kh = unit / w->window_width, kw = unit % w->window_width;
    f32 *total = HEAP(f32, d->filter) + unit * depth, *part = work->panel;
    clear(total, depth);
    for (u32 row = 0, ih, iw; row < w->batch * w->out_height; row++) {
      if (!position(row % w->out_height, w->stride_height, kh, w->dilation_height, w->pad_top, w->height, &ih)) continue;
      const f32 *x = HEAP(f32, w->x) + (row / w->out_height * w->height + ih) * w->width * w->channels;
      const f32 *dy = HEAP(f32, w->y) + row * w->out_width * depth;
      clear(part, depth);
      for (u32 ow = 0; ow < w->out_width; ow++)
        if (position(ow, w->stride_width, kw, w->dilation_width, w->pad_left, w->width, &iw))
          add_products(part, x + iw * w->channels, dy + ow * depth, w->channels, d->multiplier);
      for (u32 c = 0; c < depth; c++) total[c] += part[c];
    }
  }
}
