import { expect } from 'vitest';
import { SafetensorsError, type SafetensorsErrorCode } from '../src/index.ts';

/** Runs something that must be refused with this code, and returns the error. */
export function refusal(code: SafetensorsErrorCode, run: () => unknown): SafetensorsError {
  try {
    run();
  } catch (error) {
    if (!SafetensorsError.isInstance(error)) throw error;
    expect(error.code, error.message).toBe(code);
    return error;
  }
  throw new Error(`expected ${code}; nothing was thrown`);
}

/** A file from a header text and data bytes; `length` overrides the length field. */
export function fileOf(header: string | Uint8Array, data: Uint8Array = new Uint8Array(), length?: bigint): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const file = new Uint8Array(8 + text.byteLength + data.byteLength);
  new DataView(file.buffer).setBigUint64(0, length ?? BigInt(text.byteLength), true);
  file.set(text, 8);
  file.set(data, 8 + text.byteLength);
  return file;
}
