import type { MemorySink } from './event-sink.ts';
import { join } from './protobuf.ts';

/** Keeps the records in memory: in a browser, offer `bytes()` as a download named `events.out.tfevents.1`. */
export function createMemorySink(): MemorySink {
  const records: Uint8Array[] = [];
  return {
    write: (bytes) => {
      records.push(bytes.slice());
    },
    close: () => {},
    bytes: () => Uint8Array.from(join(records)),
  };
}
