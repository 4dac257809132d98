import { CompressionType, compressionRegistry, RecordBatchFileWriter, tableFromArrays } from 'apache-arrow';
import { expect, it } from 'vitest';
import { readArrow } from '../src/arrow/index.ts';
import { readCsv } from '../src/index.ts';
import { bytes, dailyCsv, errorOf } from './support/bytes.ts';

/** A zstd frame of stored blocks (RFC 8878): there is no encoder in Node 20, and a decoder has to read these too. */
function zstdFrame(data: Uint8Array): Uint8Array {
  const parts = [
    0x28,
    0xb5,
    0x2f,
    0xfd,
    0xa0,
    data.length & 255,
    (data.length >> 8) & 255,
    (data.length >> 16) & 255,
    data.length >>> 24,
  ];
  const block = 100_000;
  for (let start = 0; start === 0 || start < data.length; start += block) {
    const size = Math.min(block, data.length - start);
    const header = (size << 3) | (start + block >= data.length ? 1 : 0);
    parts.push(header & 255, (header >> 8) & 255, header >> 16);
    for (let k = start; k < start + size; k++) parts.push(data[k]!);
  }
  return Uint8Array.from(parts);
}

/** An LZ4 frame with one stored block. */
function lz4Frame(data: Uint8Array): Uint8Array {
  const size = [data.length & 255, (data.length >> 8) & 255, (data.length >> 16) & 255, 0x80];
  return Uint8Array.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82, ...size, ...data, 0, 0, 0, 0]);
}

it('reads zstd CSV, in one block or many, and names damage', async () => {
  const values = Array.from({ length: 9000 }, (_, step) => step);
  const frame = zstdFrame(bytes(dailyCsv(values)));
  expect([...(await readCsv(frame)).values]).toEqual(values);
  expect((await errorOf(() => readCsv(frame.subarray(0, frame.length - 5)))).code).toBe('data/corrupt-file');
});

it('reads Arrow with zstd and with LZ4', async () => {
  const write = (type: CompressionType, encode: (data: Uint8Array) => Uint8Array) => {
    compressionRegistry.set(type, { encode });
    const writer = new RecordBatchFileWriter({ compressionType: type });
    writer.write(tableFromArrays({ ds: ['2020-01-01', '2020-01-02'], y: Float64Array.of(1, 2) }));
    return writer.finish().toUint8Array(true);
  };
  expect([...(await readArrow(write(CompressionType.ZSTD, zstdFrame))).values]).toEqual([1, 2]);
  expect([...(await readArrow(write(CompressionType.LZ4_FRAME, lz4Frame))).values]).toEqual([1, 2]);
});

/** Twelve days as pyarrow 26 writes them with zstd; some of its buffers are stored as they are. */
const pyarrowFile = [
  'QVJST1cxAAD/////oAAAABAAAAAAAAoADAAGAAUACAAKAAAAAAEEAAwAAAAIAAgAAAAEAAgAAAAEAAAAAgAAAEAAAAAEAAAA2P///wAAAQMQAAAAFAAA',
  'AAQAAAAAAAAAAQAAAHkAAADG////AAACABAAFAAIAAYABwAMAAAAEAAQAAAAAAABChAAAAAcAAAABAAAAAAAAAACAAAAZHMAAAAABgAIAAYABgAAAAAA',
  'AQD/////0AAAABQAAAAAAAAADAAYAAYABQAIAAwADAAAAAADBAAcAAAAoAAAAAAAAAAAAAAADAAeABAABAAIAAwADAAAAHAAAAAkAAAAGAAAAAwAAAAA',
  'AAAAAAAAAAAABgAIAAcABgAAAAAAAAEEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAUgAAAAAAAABYAAAAAAAAAAAAAAAAAAAAWAAAAAAAAABFAAAA',
  'AAAAAAAAAAACAAAADAAAAAAAAAAAAAAAAAAAAAwAAAAAAAAAAAAAAAAAAABgAAAAAAAAACi1L/0gYA0CAOQCAMigaoUBAAAAJMdvgO103BN6ODp/lGCE',
  '8IaJTK2OqNOTBPqYYCCevEajhQEAAAoEAmCAAQYYYIABBhhgrCQBAAAAAAAAYAAAAAAAAAAotS/9IGClAQDwAAAAAAAA0D8A9AJAChEVGR2AICIkQAAA',
  'AAAAgCZACgAgC5ARDAaygHwgM5AFGLiSrAVyAAAA/////wAAAAAQAAAADAAUAAYACAAMABAADAAAAAAABAA0AAAAJAAAAAQAAAABAAAAsAAAAAAAAADY',
  'AAAAAAAAAKAAAAAAAAAAAAAAAAgACAAAAAQACAAAAAQAAAACAAAAQAAAAAQAAADY////AAABAxAAAAAUAAAABAAAAAAAAAABAAAAeQAAAMb///8AAAIA',
  'EAAUAAgABgAHAAwAAAAQABAAAAAAAAEKEAAAABwAAAAEAAAAAAAAAAIAAABkcwAAAAAGAAgABgAGAAAAAAABAMgAAABBUlJPVzE=',
].join('');

it.each([0, 1, 4])('reads what pyarrow compressed, %i bytes into a buffer', async (shift) => {
  const known = compressionRegistry.get(CompressionType.ZSTD);
  compressionRegistry.set(CompressionType.ZSTD, {});
  try {
    const file = Buffer.from(pyarrowFile, 'base64');
    const moved = new Uint8Array(file.length + shift).subarray(shift);
    moved.set(file);
    const set = await readArrow(moved);
    expect([set.report.frequency, ...set.values]).toEqual(['day', ...Array.from({ length: 12 }, (_, k) => k + 0.25)]);
  } finally {
    if (known) compressionRegistry.set(CompressionType.ZSTD, known);
  }
});
