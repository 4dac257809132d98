import { SafetensorsError } from './safetensors-error.ts';

/**
 * The format is little-endian and arrays are views of the file, which only a little-endian machine can have.
 * Refusing elsewhere is better than numbers with their bytes reversed. `probe` exists for the test.
 */
export function assertLittleEndian(probe: Uint16Array = new Uint16Array([1])): void {
  if (new Uint8Array(probe.buffer, probe.byteOffset, 1)[0] === 1) return;
  throw new SafetensorsError(
    'safetensors/big-endian',
    'expected a little-endian machine, as the safetensors format is; found a big-endian one. Convert the file elsewhere.',
  );
}
