// One matrix of the batch of a product, and how much of it is dealt with at a time.
#pragma once
#include "gemm-finish.h"
#include "work.h"

#define K_BLOCK 256
#define SHARED_FLOATS (sizeof(((Workspace *)0)->shared) / sizeof(f32))

typedef struct {
  const GemmCommand *command;
  const f32 *a, *b;
  f32 *c;
  u32 is_finished;
  Epilogue finish;
} Problem;
