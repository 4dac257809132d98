// Elementwise rules compiled at run time: code for WASM can be made from JavaScript. Native sets have known-rules.c.
#if defined(__wasm__)
#include "generated.h"

#define UNIT 2048  // bytes that a chunk is a multiple of

__attribute__((import_module("env"), import_name("run_generated"))) void run_module(u32 code, u32 length, u32 table, u32 from, u32 to);

void run_generated(const GeneratedCommand *g, u32 chunk) {
  const u32 units = ceil_div(g->bytes, UNIT);
  const u32 from = part_start(chunk, units, g->header.chunks) * UNIT;
  const u32 to = smaller(part_start(chunk + 1, units, g->header.chunks) * UNIT, g->bytes);
  run_module(g->code, g->length, (u32)(uintptr_t)(g + 1), from, to);
}
#endif
