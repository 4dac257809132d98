// Arithmetic of whole numbers and booleans: float32 holds only those below 2^24.
#pragma once
#include "command.h"

typedef struct {
  u32 offset, byte;  // booleans have one byte
  i32 stride[MAX_RANK];
} IntegerInput;

// Elementwise, of up to three inputs that are broadcast; the index in `integerOperations` of kernels.ts.
typedef struct {
  Header header;
  u32 operation, count, rank, inputs;
  u32 size[MAX_RANK];
  IntegerInput input[3];
  u32 out, out_byte;
} IntegerCommand;

// [outer, count, inner] → [outer, inner].
typedef struct {
  Header header;
  u32 source, source_byte, destination, destination_byte, outer, count, inner, kind;
} IntegerReduceCommand;

enum { INT_ADD, INT_SUBTRACT, INT_MULTIPLY, INT_FLOOR_DIVIDE, INT_MOD, INT_MIN, INT_MAX, INT_SQUARED_DIFFERENCE, INT_EQUAL,
       INT_NOT_EQUAL, INT_LESS, INT_LESS_EQUAL, INT_GREATER, INT_GREATER_EQUAL, INT_AND, INT_OR, INT_SELECT, INT_COPY };
enum { INT_SUM, INT_LARGEST, INT_SMALLEST, INT_PRODUCT };

void run_integer(const IntegerCommand *command, u32 chunk);
void run_integer_reduce(const IntegerReduceCommand *command, u32 chunk);
