/**
 * Where the bytes of an event file go. Synchronous, so that what was logged before a process was killed is in the file.
 *
 * `write` gets one or more whole records and must keep or copy them in order; its errors reach the caller of the log.
 */
export interface EventSink {
  /** Appends one or more whole records. */
  write(bytes: Uint8Array): void;
  /** Nothing follows; files are closed. */
  close(): void;
}

/** An event file in memory, for browsers and tests. */
export interface MemorySink extends EventSink {
  /** The file so far: `Uint8Array<ArrayBuffer>`, told in words that TypeScript knows before 5.7, too. */
  bytes(): ReturnType<Uint8Array['slice']>;
}
