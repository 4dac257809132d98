// An elementwise rule as a small program. After the fixed part follow, in this order: RuleInput × inputs,
// f32 × constants, RuleOutput × outputs, RuleStep × steps. Written by src/kernels/compiled/write-rule.ts.
#pragma once
#include "command.h"
#include "work.h"

#define TILE 512  // elements that one instruction handles; registers of a rule stay in the first-level cache

enum { FLOAT, BYTE, INT };              // element types; BYTE holds tfjs booleans
enum { DENSE, SCALAR, STRIDED };        // how an input lies against the result

typedef struct {
  Header header;
  u32 count, rank, inputs, constants, temporaries, outputs, steps;
  u32 size[MAX_RANK];
} RuleCommand;

typedef struct {
  u32 offset, type, layout;
  i32 stride[MAX_RANK];
} RuleInput;

typedef struct {
  u32 offset, type;
} RuleOutput;

// Operands are registers: inputs, constants, temporaries, outputs, numbered in that order.
typedef struct {
  u32 operation, result, a, b, c;
} RuleStep;

enum {
  STEP_COPY, STEP_ADD, STEP_SUBTRACT, STEP_MULTIPLY, STEP_DIVIDE, STEP_MIN, STEP_MAX, STEP_POWER,
  STEP_LESS, STEP_LESS_EQUAL, STEP_GREATER, STEP_GREATER_EQUAL, STEP_EQUAL, STEP_NOT_EQUAL,
  STEP_SQRT, STEP_RSQRT, STEP_EXP, STEP_LOG, STEP_ABS, STEP_SIGN, STEP_SELECT,
  STEP_MULTIPLY_ADD, STEP_MULTIPLY_SUBTRACT, STEP_NEGATE, STEP_SIGMOID, STEP_TANH, STEP_SOFTPLUS, STEP_EXPM1,
  STEP_LOG1P, STEP_FLOOR, STEP_CEIL, STEP_ROUND,
};

void run_rule(const RuleCommand *command, u32 chunk, Workspace *work);
