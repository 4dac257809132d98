// 2-D pooling as tfjs defines it: elements outside the image count neither for the maximum nor for the mean.
#include "image.h"
#include "vector.h"
#include "window.h"

OUT_OF_LINE void pool_window(const WindowCommand *w, u32 n, Span rows, Span columns, f32 *to) {
  const f32 *x = HEAP(f32, w->x);
  const u32 elements = (rows.end - rows.first) * (columns.end - columns.first);
  for (u32 channel = 0; channel < w->channels; channel++) to[channel] = w->average ? 0.f : -__builtin_inff();
  for (u32 i = rows.first; i < rows.end; i++)
    for (u32 j = columns.first; j < columns.end; j++) {
      const f32 *pixel = x + pixel_under(w, n, rows, i, columns, j);
      for (u32 channel = 0; channel < w->channels; channel++) {
        const f32 value = pixel[channel];
        to[channel] = w->average ? to[channel] + value : value > to[channel] ? value : to[channel];
      }
    }
  if (w->average) for (u32 channel = 0; channel < w->channels; channel++) to[channel] /= elements;
}

void run_pool2d(const WindowCommand *w, u32 chunk) {
  const u32 end = part_start(chunk + 1, w->batch, w->header.chunks);
  for (u32 n = part_start(chunk, w->batch, w->header.chunks); n < end; n++)
    EACH_WINDOW(w, n, pool_window(w, n, rows, columns, HEAP(f32, w->y) + at * w->channels))
}

OUT_OF_LINE void share_out(const WindowCommand *w, u32 n, Span rows, Span columns, const f32 *dy) {
  f32 *dx = HEAP(f32, w->x);
  // tfjs divides by the whole window in the gradient, also where part of it lies outside.
  const f32 share = 1.f / (w->window_height * w->window_width);
  for (u32 i = rows.first; i < rows.end; i++)
    for (u32 j = columns.first; j < columns.end; j++)
      for (u32 channel = 0; channel < w->channels; channel++)
        dx[pixel_under(w, n, rows, i, columns, j) + channel] += dy[channel] * share;
}

// The first of equal maxima receives the gradient. `y` holds the image that was pooled.
OUT_OF_LINE void send_to_largest(const WindowCommand *w, u32 n, Span rows, Span columns, const f32 *dy) {
  const f32 *image = HEAP(f32, w->y);
  f32 *dx = HEAP(f32, w->x);
  if (rows.first == rows.end || columns.first == columns.end) return;
  for (u32 channel = 0; channel < w->channels; channel++) {
    u32 best = pixel_under(w, n, rows, rows.first, columns, columns.first);
    for (u32 i = rows.first; i < rows.end; i++)
      for (u32 j = columns.first; j < columns.end; j++) {
        const u32 pixel = pixel_under(w, n, rows, i, columns, j);
        if (image[pixel + channel] > image[best + channel]) best = pixel;
      }
    dx[best + channel] += dy[channel];
  }
}

void run_pool2d_grad(const WindowCommand *w, u32 chunk) {
  const u32 image = w->height * w->width * w->channels;
  const f32 *dy = HEAP(f32, w->dy);
  const u32 end = part_start(chunk + 1, w->batch, w->header.chunks);
  for (u32 n = part_start(chunk, w->batch, w->header.chunks); n < end; n++) {
    __builtin_memset(HEAP(f32, w->x) + n * image, 0, image * sizeof(f32));
    if (w->average) EACH_WINDOW(w, n, share_out(w, n, rows, columns, dy + at * w->channels))
    else EACH_WINDOW(w, n, send_to_largest(w, n, rows, columns, dy + at * w->channels))
  }
}
