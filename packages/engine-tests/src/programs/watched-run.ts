/** Updates between what can leave something behind. */
export const intervals = { validation: 100, checkpoint: 250, log: 10 } as const;

/** What tfjs says it holds. Bytes on the GPU are null where the engine tells none. */
export interface HeldMemory {
  readonly tensors: number;
  readonly dataBuffers: number;
  readonly bytes: number;
  readonly bytesInGpu: number | null;
  /** With the buffers that the engine keeps for later. */
  readonly bytesAllocatedInGpu: number | null;
}

/** A whole training run, with what the engine held in the course of it. */
export interface WatchedRun {
  /** Living tensors after each update. */
  readonly tensors: readonly number[];
  /** After each validation, when the engine has nothing left to do: the update, the loss, and what was held. */
  readonly validations: readonly { readonly update: number; readonly loss: number; readonly held: HeldMemory }[];
  /** Updates at which a checkpoint was saved, in order. */
  readonly checkpoints: readonly number[];
  /** Updates of the checkpoints that the storage has at the end, read back. */
  readonly stored: readonly (number | undefined)[];
  /** Moments in the memory logger, lines of the JSON lines logger. */
  readonly logged: { readonly rows: number; readonly lines: number };
  /** Living tensors before anything was made, and after all was disposed. */
  readonly outside: { readonly before: number; readonly after: number };
  readonly seconds: number;
}
