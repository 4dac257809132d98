// How commands and their parts are handed out to threads.
#pragma once
#include "heap.h"

#define COMMAND_BYTES 65536  // of a slot of the queue; the longest commands are elementwise programs

// The queue: command number n lies in slot n mod `slots`, and is carried out when all before it are finished. Each
// counter has a cache line of its own, so that they do not slow each other down.
typedef struct {
  u32 submitted, padding0[15];  // number of the last command that was handed over: what idle workers wait on
  u32 done, padding1[15];       // number of the last command that is finished
  u32 failed, padding2[15];     // set when a worker's chunk trapped
  u32 ready, padding3[15];      // workers that have started; counted in JavaScript
  u32 queue, slots, padding4[14];
} Control;

// Private memory of one thread.
typedef struct {
  u32 owner_sequence, owner_block;  // whose packed operand `shared` holds
  u32 current;                      // number of the command that a chunk is being carried out of
  u32 from_end, padding[12];        // whether this thread takes chunks from the end on; set in JavaScript
  f32 shared[1 << 19];              // the packed operand that several chunks use
  f32 panel[1 << 14];               // the packed panel of one chunk
  f32 tiles[1 << 17];               // registers of elementwise rules
} Workspace;
