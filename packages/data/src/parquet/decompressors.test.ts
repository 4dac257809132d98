import { brotliCompressSync, gzipSync } from 'node:zlib';
import { compressors } from 'hyparquet-compressors';
import { describe, expect, it, vi } from 'vitest';
import { loadDecompressors } from './decompressors.ts';

const plain = Uint8Array.from({ length: 3000 }, (_, k) => k % 7);
/** A zstd frame of one run of 100 sevens (RFC 8878). */
const zstdFrame = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 100, 0x23, 0x03, 0x00, 7]);

describe('loadDecompressors', () => {
  it('takes those of Node where there are any, and never unpacks more than was announced', async () => {
    const zlib = await import('node:zlib');
    const { GZIP, BROTLI } = await loadDecompressors(new Set(), zlib);
    expect(new Uint8Array(GZIP!(gzipSync(plain), plain.length))).toEqual(plain);
    expect(new Uint8Array(BROTLI!(brotliCompressSync(plain), plain.length))).toEqual(plain);
    expect(() => GZIP!(gzipSync(plain), 1000)).toThrow();
    const zstdDecompressSync = vi.fn(() => plain);
    const newer = { ...zlib, zstdDecompressSync };
    const { ZSTD } = await loadDecompressors(new Set(['ZSTD']), newer);
    expect(ZSTD!(zstdFrame, plain.length)).toBe(plain);
    expect(zstdDecompressSync).toHaveBeenCalledWith(zstdFrame, { maxOutputLength: plain.length });
  });

  it('has WebAssembly for zstd elsewhere, which gives nothing for damaged frames', async () => {
    const { ZSTD, GZIP } = await loadDecompressors(new Set(['ZSTD']), undefined);
    expect(ZSTD!(zstdFrame, 100)).toEqual(new Uint8Array(100).fill(7));
    expect(ZSTD!(zstdFrame.slice(0, 8), 100).length).toBe(0);
    expect(GZIP).toBeDefined();
  });

  it('falls back to JavaScript where WebAssembly is not allowed', async () => {
    vi.doMock('zstddec', () => ({
      ZSTDDecoder: class {
        init() {
          return Promise.reject(new Error('blocked'));
        }
      },
    }));
    const { ZSTD } = await loadDecompressors(new Set(['ZSTD']), {} as never);
    vi.doUnmock('zstddec');
    expect(ZSTD).toBe(compressors.ZSTD);
    expect(ZSTD!(zstdFrame, 100)).toEqual(new Uint8Array(100).fill(7));
  });
});
