// Which pixels of an image a window covers.
#pragma once
#include "command.h"
#include "vector.h"

// Elements [first, end) of a window along one axis lie inside the image; element e is pixel `start + e · dilation`.
typedef struct {
  i32 start;
  u32 first, end;
} Span;

OUT_OF_LINE Span span_of(u32 position, u32 stride, i32 pad, u32 window, u32 dilation, u32 length) {
  const i32 start = (i32)(position * stride) - pad;
  Span span = {start, 0, 0};
  while (span.first < window && start + (i32)(span.first * dilation) < 0) span.first++;
  span.end = span.first;
  while (span.end < window && start + (i32)(span.end * dilation) < (i32)length) span.end++;
  return span;
}

// Calls for one window: spans of rows and columns, and its number in y.
#define EACH_WINDOW(w, n, body)                                                                            \
  for (u32 row = 0; row < (w)->out_height; row++) {                                                        \
    const Span rows = span_of(row, (w)->stride_height, (w)->pad_top, (w)->window_height, (w)->dilation_height, (w)->height); \
    for (u32 column = 0; column < (w)->out_width; column++) {                                              \
      const Span columns = span_of(column, (w)->stride_width, (w)->pad_left, (w)->window_width, (w)->dilation_width, (w)->width); \
      const u32 at = ((n) * (w)->out_height + row) * (w)->out_width + column;                              \
      body;                                                                                                \
    }                                                                                                      \
  }

// First channel of the pixel under element (i, j) of a window.
static inline u32 pixel_under(const WindowCommand *w, u32 n, Span rows, u32 i, Span columns, u32 j) {
  const u32 y = rows.start + (i32)(i * w->dilation_height), x = columns.start + (i32)(j * w->dilation_width);
  return ((n * w->height + y) * w->width + x) * w->channels;
}
