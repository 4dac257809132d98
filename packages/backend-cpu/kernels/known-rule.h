// What the functions of known-rules.c have in common: operands of one chunk, and a last vector that is not full.
#pragma once
#include "generated.h"
#include "vector.h"

#define MOST_OPERANDS 8
#define MOST_CONSTANTS 16
#define RULE_UNIT 512  // elements that a chunk is a multiple of

// Offsets of inputs and outputs and the constants follow the command.
typedef struct {
  const u32 *offsets;
  u32 first, end;  // elements
} KnownRule;

INLINE KnownRule open_known_rule(const GeneratedCommand *g, u32 chunk) {
  const u32 count = g->bytes / sizeof(f32), units = ceil_div(count, RULE_UNIT);
  const u32 first = part_start(chunk, units, g->header.chunks) * RULE_UNIT;
  return (KnownRule){(const u32 *)(g + 1), first, smaller(part_start(chunk + 1, units, g->header.chunks) * RULE_UNIT, count)};
}

#define OUT_AHEAD 128  // elements

typedef void Rule(f32 *const *in, f32 *const *out, const vf *constant, u32 at);

// `rule` and the sizes are compile-time constants, so that each rule has a loop of its own.
INLINE void run_known_rule(KnownRule known, Rule *rule, u32 inputs, u32 constants, u32 outputs) {
  f32 *in[MOST_OPERANDS], *out[MOST_OPERANDS];
  vf constant[MOST_CONSTANTS];
  for (u32 i = 0; i < inputs; i++) in[i] = HEAP(f32, known.offsets[i]);
  for (u32 i = 0; i < outputs; i++) out[i] = HEAP(f32, known.offsets[inputs + i]);
  const f32 *values = (const f32 *)(known.offsets + inputs + outputs);
  for (u32 i = 0; i < constants; i++) constant[i] = splat(values[i]);
  u32 at = known.first;
  for (; at + LANES <= known.end; at += LANES) {
    UNROLL for (u32 i = 0; i < outputs; i++) PREFETCH_WRITE(out[i] + at + OUT_AHEAD);
    rule(in, out, constant, at);
  }
  if (at == known.end) return;
  f32 rest[MOST_OPERANDS][LANES] = {{0}}, results[MOST_OPERANDS][LANES];
  f32 *from[MOST_OPERANDS], *to[MOST_OPERANDS];
  for (u32 i = 0; i < inputs; i++) {
    for (u32 j = at; j < known.end; j++) rest[i][j - at] = in[i][j];
    from[i] = rest[i];
  }
  for (u32 i = 0; i < outputs; i++) to[i] = results[i];
  rule(from, to, constant, 0);
  for (u32 i = 0; i < outputs; i++)
    for (u32 j = at; j < known.end; j++) out[i][j] = results[i][j - at];
}

#define EACH_VECTOR(name, ...) run_known_rule(rule, name, __VA_ARGS__); break;
