// How the parts of a command are handed out to threads.
#pragma once
#include "heap.h"

// On their own cache lines, so that the counters do not slow each other down.
typedef struct {
  i32 generation, padding0[15];  // changes with every command: what idle workers wait on
  i32 remaining, padding1[15];   // chunks that nobody has taken
  i32 unfinished, padding2[15];  // chunks that are not finished
  i32 failed, padding3[15];      // set when a worker's chunk trapped
} Control;

// Private memory of one thread.
typedef struct {
  u32 owner_sequence, owner_batch, padding[14];  // whose packed operand `shared` holds
  f32 shared[1 << 18];                           // the packed operand that several chunks use
  f32 panel[1 << 14];                            // the packed panel of one chunk
  f32 tiles[1 << 17];                            // registers of elementwise rules
} Workspace;
