// One heap for JavaScript, WASM and native code. Every operand of a kernel is a byte offset into it, never a pointer,
// so that a command means the same in 32-bit WASM and in a 64-bit process.
#pragma once
#include <stdint.h>

#include "names.h"

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef int32_t i32;
typedef float f32;
typedef double f64;

#if defined(__wasm__)
#define HEAP(type, offset) ((type *)(uintptr_t)(offset))
#else
extern _Thread_local u8 *nt_heap;  // threads of one process may serve different engines
#define HEAP(type, offset) ((type *)(nt_heap + (offset)))
#endif

static inline u32 smaller(u32 a, u32 b) { return a < b ? a : b; }
static inline u32 ceil_div(u32 a, u32 b) { return (a + b - 1) / b; }

// First unit of part `index` when `units` are dealt out evenly to `parts`.
static inline u32 part_start(u32 index, u32 units, u32 parts) { return (u32)((uint64_t)index * units / parts); }
