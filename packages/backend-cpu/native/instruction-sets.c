// Asks the processor itself: `__builtin_cpu_supports` always answers no when the code was cross-compiled with zig.
#include "instruction-sets.h"

#define DECLARE(set)                       \
  void nt_run_##set(u32 command, u32 workspace); \
  void nt_work_##set(u32 control, u32 workspace, u32 backlog);
#define LIST(set, is_supported) {#set, is_supported, 0, nt_run_##set, nt_work_##set}

#if defined(__x86_64__)

#include <cpuid.h>

DECLARE(avx512)
DECLARE(avx2)
DECLARE(sse2)

// As HAS_PAIRS of bfloat16.h, for the set that has the vectors.
#if __has_include(<avx512bf16intrin.h>)
#define HAS_COMPILED_PAIRS 1
#else
#define HAS_COMPILED_PAIRS 0
#endif

typedef struct {
  u32 avx2, avx512, bfloat16;
} Features;

// Which registers the system saves when it switches threads.
static u32 saved_registers(void) {
  u32 low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

static u32 has_all(u32 word, u32 bits) { return (word & bits) == bits; }

static Features features(void) {
  const u32 fma = 1u << 12, osxsave = 1u << 27, avx = 1u << 28;                                    // leaf 1, ecx
  const u32 avx2 = 1u << 5, avx512 = 1u << 16 | 1u << 17 | 1u << 30 | 1u << 31;                    // leaf 7, ebx: F DQ BW VL
  const u32 bfloat16 = 1u << 5;                                                                    // leaf 7.1, eax
  const u32 ymm_saved = 0x06, zmm_saved = 0xe6;
  u32 a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !has_all(c, fma | osxsave | avx)) return (Features){0};
  const u32 saved = saved_registers();
  if (!has_all(saved, ymm_saved) || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return (Features){0};
  const u32 has_avx2 = has_all(b, avx2), has_avx512 = has_avx2 && has_all(b, avx512) && has_all(saved, zmm_saved);
  const u32 has_more = a >= 1 && __get_cpuid_count(7, 1, &a, &b, &c, &d);  // the highest subleaf
  return (Features){has_avx2, has_avx512, HAS_COMPILED_PAIRS && has_avx512 && has_more && has_all(a, bfloat16)};
}

const InstructionSet *instruction_sets(u32 *count) {
  static InstructionSet sets[] = {LIST(avx512, 0), LIST(avx2, 0), LIST(sse2, 1)};
  const Features found = features();
  sets[0].is_supported = found.avx512;
  sets[0].multiplies_pairs = found.bfloat16;
  sets[1].is_supported = found.avx2;
  *count = 3;
  return sets;
}

#else

DECLARE(neon)

const InstructionSet *instruction_sets(u32 *count) {
  static const InstructionSet sets[] = {LIST(neon, 1)};  // every 64-bit ARM has it
  *count = 1;
  return sets;
}

#endif
