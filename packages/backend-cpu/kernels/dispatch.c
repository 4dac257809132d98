// The two doors: JavaScript calls `nt_run` with one command when it works alone, every thread calls `nt_work` when
// several do.
#include "copy.h"
#include "depthwise.h"
#include "gemm.h"
#include "generated.h"
#include "image.h"
#include "indexed.h"
#include "integer.h"
#include "pool.h"
#include "random.h"
#include "reduce.h"
#include "rule.h"
#include "softmax.h"
#include "vector.h"
#include "work.h"

#if defined(__wasm__)
#define EXPORT(name) __attribute__((export_name(#name))) name
#else
#define EXPORT(name) name
#endif

static void run_join(const JoinCommand *join, u32 chunk, Workspace *work);

static void run_operation(const Header *command, u32 chunk, Workspace *work) {
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
    case GENERATED: run_generated((const GeneratedCommand *)command, chunk); break;
    case FILL: run_fill((const FillCommand *)command, chunk); break;
    case WRITE: run_write((const WriteCommand *)command); break;
    case RANDOM: run_random((const RandomCommand *)command, chunk); break;
    case GATHER: run_gather((const GatherCommand *)command, chunk); break;
    case SEGMENT_SUM: run_segment_sum((const SegmentCommand *)command, chunk); break;
    case ARG: run_arg((const ArgCommand *)command, chunk); break;
    case SCAN: run_scan((const ScanCommand *)command, chunk); break;
    case INTEGER: run_integer((const IntegerCommand *)command, chunk); break;
    case INTEGER_REDUCE: run_integer_reduce((const IntegerReduceCommand *)command, chunk); break;
    case DEPTHWISE: run_depthwise((const DepthwiseCommand *)command, chunk); break;
    case DEPTHWISE_INPUT: run_depthwise_input((const DepthwiseCommand *)command, chunk); break;
    case DEPTHWISE_FILTER: run_depthwise_filter((const DepthwiseCommand *)command, chunk, work); break;
    case JOIN: run_join((const JoinCommand *)command, chunk, work); break;
    default: __builtin_trap();
  }
}

// Chunks are numbered through all parts.
static void run_join(const JoinCommand *join, u32 chunk, Workspace *work) {
  for (u32 part = 0; part < join->parts; part++) {
    const Header *command = (const Header *)((const u8 *)join + join->at[part]);
    if (chunk < command->chunks) {
      run_operation(command, chunk, work);
      return;
    }
    chunk -= command->chunks;
  }
}

static void run_chunk(const Header *command, u32 chunk, Workspace *work) {
  __auto_type before = flush_tiny();
  run_operation(command, chunk, work);
  restore_tiny(before);
}

void EXPORT(nt_run)(u32 command, u32 workspace) {
  const Header *header = HEAP(Header, command);
  for (u32 chunk = 0; chunk < header->chunks; chunk++) run_chunk(header, chunk, HEAP(Workspace, workspace));
}

// About as long as a chunk of a matrix product takes: some hundred microseconds.
#if defined(__wasm__)
#define MOST_LOOKS 20000
#else
#define MOST_LOOKS 4000
#endif

typedef uint64_t __attribute__((may_alias)) Ticket;

// Takes one chunk that nobody has taken; false when there is none. Half of the threads begin at the end: two threads then meet
// in the middle, and each has what it wrote in its own cache when it reads the same part of it.
static u32 take(Header *command, u32 number, u32 from_end, u32 *chunk) {
  Ticket *shared = (Ticket *)command->ticket;
  Ticket ticket = __atomic_load_n(shared, __ATOMIC_ACQUIRE);
  for (;;) {
    const u32 first = ticket & 0xffff, end = (u32)ticket >> 16;
    if ((u32)(ticket >> 32) != number || first == end) return 0;
    const Ticket rest = from_end ? ticket - 0x10000 : ticket + 1;
    if (!__atomic_compare_exchange_n(shared, &ticket, rest, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) continue;
    *chunk = from_end ? end - 1 : first;
    return 1;
  }
}

// Works through the queue until no more than `backlog` commands are unfinished, or for a while there has been nothing to
// take: then whoever called decides whether to sleep. A thread that comes late finds nothing to do and delays nobody: only
// chunks that were taken are waited for.
void EXPORT(nt_work)(u32 control_offset, u32 workspace, u32 backlog) {
  Control *control = HEAP(Control, control_offset);
  Workspace *work = HEAP(Workspace, workspace);
  for (u32 looks = 0; looks < MOST_LOOKS;) {
    const u32 done = __atomic_load_n(&control->done, __ATOMIC_ACQUIRE);
    if (__atomic_load_n(&control->submitted, __ATOMIC_ACQUIRE) - done <= backlog) return;
    const u32 number = done + 1;
    Header *command = HEAP(Header, control->queue + number % control->slots * COMMAND_BYTES);
    u32 chunk;
    if (!take(command, number, work->from_end, &chunk)) {
      looks++;
      pause_thread();
      continue;
    }
    looks = 0;
    work->current = number;
    run_chunk(command, chunk, work);
    if (__atomic_sub_fetch(&command->unfinished, 1, __ATOMIC_ACQ_REL) == 0)
      __atomic_store_n(&control->done, number, __ATOMIC_RELEASE);
  }
}

#if defined(__wasm__)
u32 EXPORT(nt_workspace_bytes)(void) { return sizeof(Workspace); }
#endif
