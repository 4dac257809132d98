// A convolution is a product of the filter with the windows written out as rows (im2col); its gradient for the image
// adds those rows back (col2im). Chunks share out the batch.
#include "image.h"
#include "vector.h"
#include "window.h"

OUT_OF_LINE void copy(f32 *to, const f32 *from, u32 count) {
  if (count == 1) *to = *from;
  else __builtin_memcpy(to, from, count * sizeof(f32));
}

OUT_OF_LINE void clear(f32 *to, u32 count) {
  if (count > 0) __builtin_memset(to, 0, count * sizeof(f32));
}

OUT_OF_LINE void write_row(const WindowCommand *w, u32 n, Span rows, Span columns, f32 *to) {
  const f32 *x = HEAP(f32, w->x);
  const u32 line = w->window_width * w->channels;
  for (u32 i = 0; i < w->window_height; i++, to += line) {
    if (i < rows.first || i >= rows.end || columns.first == columns.end) {
      clear(to, line);
      continue;
    }
    clear(to, columns.first * w->channels);
    clear(to + columns.end * w->channels, (w->window_width - columns.end) * w->channels);
    const u32 together = w->dilation_width == 1 ? columns.end - columns.first : 1;
    for (u32 j = columns.first; j < columns.end; j += together)
      copy(to + j * w->channels, x + pixel_under(w, n, rows, i, columns, j), together * w->channels);
  }
}

void run_im2col(const WindowCommand *w, u32 chunk) {
  const u32 width = w->window_height * w->window_width * w->channels;
  const u32 end = part_start(chunk + 1, w->batch, w->header.chunks);
  for (u32 n = part_start(chunk, w->batch, w->header.chunks); n < end; n++)
    EACH_WINDOW(w, n, write_row(w, n, rows, columns, HEAP(f32, w->y) + at * width))
}

OUT_OF_LINE void add(f32 *to, const f32 *from, u32 count) {
  u32 i = 0;
  for (; i + LANES <= count; i += LANES) store(to + i, load(to + i) + load(from + i));
  for (; i < count; i++) to[i] += from[i];
}

OUT_OF_LINE void add_row(const WindowCommand *w, u32 n, Span rows, Span columns, const f32 *from) {
  f32 *x = HEAP(f32, w->x);
  for (u32 i = rows.first; i < rows.end; i++)
    for (u32 j = columns.first; j < columns.end; j++)
      add(x + pixel_under(w, n, rows, i, columns, j), from + (i * w->window_width + j) * w->channels, w->channels);
}

void run_col2im(const WindowCommand *w, u32 chunk) {
  const u32 width = w->window_height * w->window_width * w->channels, image = w->height * w->width * w->channels;
  const u32 end = part_start(chunk + 1, w->batch, w->header.chunks);
  for (u32 n = part_start(chunk, w->batch, w->header.chunks); n < end; n++) {
    clear(HEAP(f32, w->x) + n * image, image);
    EACH_WINDOW(w, n, add_row(w, n, rows, columns, HEAP(f32, w->y) + at * width))
  }
}
