/** Bytes of the block through which the threads talk (`Control` in work.h): each counter on its own cache line. */
export const controlBytes = 320;

/** Bytes of the slot that a command is written into (COMMAND_BYTES in work.h); the longest are elementwise programs. */
export const commandBytes = 65536;

/** Positions of the counters, in words from the start of the block. */
export const controlWords = {
  /** Number of the last command that was handed over: idle workers wait on it. */
  submitted: 0,
  /** Number of the last command that is finished. */
  done: 16,
  /** 1 after a chunk has trapped in a worker. */
  failed: 32,
  /** Workers that have started. */
  ready: 48,
  /** Where the queue lies, and its slots. */
  queue: 64,
  slots: 65,
} as const;

/** Position of `unfinished` in a command, in words from its start. */
export const unfinishedWord = 2;
/** Positions of `current` and `from_end` in a workspace. */
export const currentWord = 2;
export const fromEndWord = 3;
