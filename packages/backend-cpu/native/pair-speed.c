// A product of some hundred rows, both ways in turns.
#include "pair-speed.h"

#if defined(__x86_64__)

#include <stdlib.h>

#include "../kernels/command.h"
#include "../kernels/work.h"

enum { M = 96, N = 128, K = 256, TURNS = 5, COMMAND = 64, A = 4096, B = A + M * K * 4, C = B + K * N * 4, WORKSPACE = C + M * N * 4 };

static uint64_t ticks_of(const InstructionSet *set, u32 narrow, u32 sequence) {
  GemmCommand *g = HEAP(GemmCommand, COMMAND);
  *g = (GemmCommand){.batch = 1, .m = M, .n = N, .k = K, .a = A, .a_row = K, .a_column = 1, .b = B, .b_row = N, .b_column = 1, .c = C, .row_blocks = 1, .groups = 1, .narrow = narrow};
  g->header = (Header){.operation = GEMM, .sequence = sequence, .chunks = 1};
  const uint64_t before = __builtin_ia32_rdtsc();
  set->run(COMMAND, WORKSPACE);
  return __builtin_ia32_rdtsc() - before;
}

static u32 compare(const InstructionSet *set) {
  uint64_t rounded = UINT64_MAX, paired = UINT64_MAX;
  for (u32 turn = 0; turn < TURNS; turn++) {
    const uint64_t first = ticks_of(set, ROUNDED, 2 * turn + 1), second = ticks_of(set, PAIRED, 2 * turn + 2);
    if (first < rounded) rounded = first;
    if (second < paired) paired = second;
  }
  return paired < rounded;
}

u32 pairs_are_quicker(const InstructionSet *set) {
  if (!set->multiplies_pairs) return 0;
  u8 *before = nt_heap;
  nt_heap = calloc(1, WORKSPACE + sizeof(Workspace));
  const u32 quicker = nt_heap && compare(set);
  free(nt_heap);
  nt_heap = before;
  return quicker;
}

#else

u32 pairs_are_quicker(const InstructionSet *set) {
  (void)set;
  return 0;
}

#endif
