// The two doors: JavaScript calls `nt_run` when it works alone, every thread calls `nt_work` when several do.
#include "copy.h"
#include "gemm.h"
#include "generated.h"
#include "image.h"
#include "pool.h"
#include "reduce.h"
#include "rule.h"
#include "softmax.h"
#include "work.h"

#if defined(__wasm__)
#define EXPORT(name) __attribute__((export_name(#name))) name
#else
#define EXPORT(name) name
#endif

static void run_chunk(const Header *command, u32 chunk, Workspace *work) {
  switch (command->operation) {
    case GEMM: run_gemm((const GemmCommand *)command, chunk, work); break;
    case RULE: run_rule((const RuleCommand *)command, chunk, work); break;
    case COPY: run_copy((const CopyCommand *)command, chunk); break;
    case REDUCE: run_reduce((const ReduceCommand *)command, chunk); break;
    case SQUARES: run_squares((const SquaresCommand *)command, chunk); break;
    case POOL: run_pool((const PoolCommand *)command, chunk); break;
    case POOL_GRAD: run_pool_grad((const PoolCommand *)command, chunk); break;
    case SOFTMAX: run_softmax((const SoftmaxCommand *)command, chunk); break;
    case IM2COL: run_im2col((const WindowCommand *)command, chunk); break;
    case COL2IM: run_col2im((const WindowCommand *)command, chunk); break;
    case POOL2D: run_pool2d((const WindowCommand *)command, chunk); break;
    case POOL2D_GRAD: run_pool2d_grad((const WindowCommand *)command, chunk); break;
#if defined(__wasm__)
    case GENERATED: run_generated((const GeneratedCommand *)command, chunk); break;
#endif
    default: __builtin_trap();
  }
}

void EXPORT(nt_run)(u32 command, u32 workspace) {
  const Header *header = HEAP(Header, command);
  for (u32 chunk = 0; chunk < header->chunks; chunk++) run_chunk(header, chunk, HEAP(Workspace, workspace));
}

// Takes chunks until there are none. A thread that comes late finds nothing to do and delays nobody: the caller waits
// only for chunks that were taken. A command stays valid while one of its chunks is unfinished, so a thread may read it
// as soon as it holds a chunk, even when it woke up for an earlier one.
void EXPORT(nt_work)(u32 control_offset, u32 command, u32 workspace) {
  Control *control = HEAP(Control, control_offset);
  i32 left = __atomic_load_n(&control->remaining, __ATOMIC_ACQUIRE);
  while (left > 0) {
    if (!__atomic_compare_exchange_n(&control->remaining, &left, left - 1, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) continue;
    run_chunk(HEAP(Header, command), (u32)left - 1, HEAP(Workspace, workspace));
    __atomic_sub_fetch(&control->unfinished, 1, __ATOMIC_ACQ_REL);
    left = __atomic_load_n(&control->remaining, __ATOMIC_ACQUIRE);
  }
}

#if defined(__wasm__)
u32 EXPORT(nt_workspace_bytes)(void) { return sizeof(Workspace); }
#endif
