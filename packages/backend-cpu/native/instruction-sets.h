// Which of the instruction sets that the kernels were compiled for this processor and this system can run.
#pragma once
#include "../kernels/heap.h"

// The doors of one compiled set (kernels/dispatch.c).
typedef struct {
  const char *name;
  u32 is_supported;
  u32 multiplies_pairs;  // of bfloat16, by an instruction of the processor (PAIRED in command.h)
  void (*run)(u32 command, u32 workspace);
  void (*work)(u32 control, u32 workspace, u32 backlog);
} InstructionSet;

// The sets of this binary, fastest first.
const InstructionSet *instruction_sets(u32 *count);
