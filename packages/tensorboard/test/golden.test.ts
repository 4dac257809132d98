import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMemorySink } from '../src/index.ts';
import { logEverything } from './log-everything.ts';

/** The records of a TFRecord file, without looking at their checksums. */
function records(file: Uint8Array): string[] {
  const found: string[] = [];
  for (let at = 0; at < file.length; ) {
    const end = at + 16 + new DataView(file.buffer, file.byteOffset).getUint32(at, true);
    found.push(Buffer.from(file.subarray(at, end)).toString('latin1'));
    at = end;
  }
  return found;
}

describe('an event file', () => {
  it("equals the one that TensorBoard's own protocol buffers and record writer give, byte for byte", () => {
    const sink = createMemorySink();
    logEverything(sink);
    const golden = readFileSync(new URL('golden/events.golden', import.meta.url));
    // Record by record first, for a readable difference.
    expect(records(sink.bytes())).toEqual(records(golden));
    expect(Buffer.compare(sink.bytes(), golden)).toBe(0);
  });
});
