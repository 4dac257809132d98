// What JavaScript writes into the heap before it runs a kernel. Field order agrees with src/kernels/compiled;
// every field is one 32-bit word, so the layout is the same for every target.
#pragma once
#include "heap.h"

enum { GEMM = 1, RULE, COPY, REDUCE, SQUARES, POOL, POOL_GRAD, SOFTMAX, IM2COL, COL2IM, POOL2D, POOL2D_GRAD, GENERATED, FILL, WRITE, JOIN,
       GATHER, SEGMENT_SUM, ARG, SCAN, INTEGER, INTEGER_REDUCE, DEPTHWISE, DEPTHWISE_INPUT, DEPTHWISE_FILTER, RANDOM,
       COMMANDS };

// `ticket`: the chunks that nobody has taken, [first, end), in 16 bits each, then the command's number. They change together, so
// that a thread that looks at a slot whose command has been replaced cannot take a chunk of the new one by mistake.
typedef struct {
  u32 ticket[2];
  u32 unfinished;  // chunks
  u32 operation, chunks, sequence;
} Header;

// C[i] = activation((accumulate ? C[i] : 0) + A[i] · B[i] + bias), i < batch. Strides are in elements; C is row-major and dense.
// With `derivative_at`, where an output of the activation of C's shape lies, C[i] = A[i] · B[i] · activation'.
// A and that output may lie in memory as bfloat16, and the result may be written as bfloat16 to `half_c`; then `c` is room to
// add up in. Rows of bfloat16 begin at whole words (`half_row`); there is one matrix.
typedef struct {
  Header header;
  u32 batch, m, n, k;
  u32 a, a_row, a_column, a_batch;
  u32 b, b_row, b_column, b_batch;
  u32 c, bias, activation;
  f32 slope;
  u32 by_rows, row_blocks, groups, accumulate, derivative_at;
  u32 narrow;
  u32 a_is_half, derivative_is_half, half_c;
} GemmCommand;

// What the operands of a product are packed as: float32 as they are; rounded to bfloat16 and kept in float32; pairs of
// bfloat16 for the processor's own instruction.
enum { WIDE, ROUNDED, PAIRED };

#define MOST_PARTS 8

// Several commands that may be carried out at the same time; they follow, part p at byte `at[p]`. Of their headers only
// operation, chunks and sequence count.
typedef struct {
  Header header;
  u32 parts;
  u32 at[MOST_PARTS];
} JoinCommand;

#define MAX_RANK 8

// Copies words of 4 bytes between strided layouts of the same dimensions.
typedef struct {
  Header header;
  u32 source, destination, rank;
  u32 size[MAX_RANK];
  i32 source_stride[MAX_RANK], destination_stride[MAX_RANK];
} CopyCommand;

// [outer, count, inner] → [outer, inner].
typedef struct {
  Header header;
  u32 source, destination, outer, count, inner, kind;
  f32 scale;
} ReduceCommand;

// Slices of `slice` words of [outer, size, slice], by `count` indices.
typedef struct {
  Header header;
  u32 source, indices, destination, outer, size, slice, count;
} GatherCommand;

// Rows of [rows, width], added to the rows of [segments, width] that their ids name; ids out of range name none.
typedef struct {
  Header header;
  u32 source, ids, destination, rows, width, segments;
} SegmentCommand;

// [outer, count, inner] → indices [outer, inner].
typedef struct {
  Header header;
  u32 source, destination, outer, count, inner, smallest, integers;
} ArgCommand;

// Running sums or products along `count` of [outer, count, inner].
typedef struct {
  Header header;
  u32 source, destination, outer, count, inner, product, exclusive, reverse;
} ScanCommand;

// Sets `count` words of 4 bytes.
typedef struct {
  Header header;
  u32 destination, count, value;
} FillCommand;

// Copies the `count` words that follow the command.
typedef struct {
  Header header;
  u32 destination, count;
} WriteCommand;

// Sums of squares of blocks of several tensors, as f64 in `partial`; (offset, count) pairs follow the command.
typedef struct {
  Header header;
  u32 tensors, blocks, partial;
} SquaresCommand;

// 1-D pooling, [batch, length, channels] → [batch, ⌈length / kernel⌉, channels].
typedef struct {
  Header header;
  u32 x, dy, out, batch, length, channels, kernel, average;
} PoolCommand;

// `count` uniform numbers in [0, 1) under a key; low and high halves.
typedef struct {
  Header header;
  u32 destination, count, seed[2], counter[2];
} RandomCommand;

// Rows of [rows, columns].
typedef struct {
  Header header;
  u32 x, out, rows, columns;
} SoftmaxCommand;

// Windows that slide over images [batch, height, width, channels]. `x` is the image or its gradient; `y` are the
// columns of a convolution, [batch, out_height, out_width, window_height, window_width, channels], or the pooled image;
// `dy` the gradient of the latter. Windows begin at (row · stride - pad) and skip `dilation` pixels between elements.
typedef struct {
  Header header;
  u32 x, y, dy, batch, height, width, channels, out_height, out_width;
  u32 window_height, window_width, stride_height, stride_width, dilation_height, dilation_width;
  i32 pad_top, pad_left;
  u32 average;
} WindowCommand;

// Convolutions of each channel by itself; `average` of the window is not used.
typedef struct {
  WindowCommand window;
  u32 filter, multiplier;
} DepthwiseCommand;

// An elementwise rule that exists as code: in WASM a module that JavaScript has compiled, `length` bytes at `code`; natively
// function number `code` of known-rules.c. Offsets of inputs and outputs and the constants follow the fixed part: the code
// knows how many.
typedef struct {
  Header header;
  u32 code, length;
  u32 bytes;  // of each operand
} GeneratedCommand;
