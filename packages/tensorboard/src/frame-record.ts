import { crc32c } from './crc32c.ts';

/**
 * One record of a TFRecord file: length (uint64, little-endian), its checksum, the data, their checksum.
 *
 * Source: the format comment of TensorFlow's `lib/io/record_writer.h`.
 */
export function frameRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(8 + 4 + data.length + 4);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedChecksum(record.subarray(0, 8)), true);
  record.set(data, 12);
  view.setUint32(12 + data.length, maskedChecksum(data), true);
  return record;
}

/** Masked, because the checksum of data that contain their own checksum is a poor one. */
function maskedChecksum(bytes: Uint8Array): number {
  const checksum = crc32c(bytes);
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}
