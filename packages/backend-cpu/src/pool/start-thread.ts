/** A thread of the engine's pool that runs. */
export interface EngineThread {
  terminate(): void;
}

/** What a thread is started with. */
export interface ThreadStart {
  /** The text of a classic worker's script. */
  readonly program: string;
  /** The first message to it: shared memory, a compiled module and numbers. */
  readonly message: unknown;
}

/**
 * Starts a thread of the engine's pool, or gives undefined where it cannot.
 *
 * @param failed is called when it turns out later that the thread could not start
 */
export type StartThread = (start: ThreadStart, failed: () => void) => EngineThread | undefined;
