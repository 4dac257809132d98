/** Bytes of the block through which the threads talk (`Control` in work.h): each counter on its own cache line. */
export const controlBytes = 320;

/** Positions of the counters, in words from the start of the block. */
export const controlWords = {
  /** Changes with every command: idle workers wait on it. */
  generation: 0,
  /** Chunks that nobody has taken. */
  remaining: 16,
  /** Chunks that are not finished. */
  unfinished: 32,
  /** 1 after a chunk has trapped in a worker. */
  failed: 48,
  /** Workers that have started. */
  ready: 64,
} as const;
