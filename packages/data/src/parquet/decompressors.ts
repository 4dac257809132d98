import type { CompressionCodec, Compressors } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

/** Unpacks the bytes of a page to a length that is known. */
export type Decompress = (bytes: Uint8Array, length: number) => Uint8Array;

interface NodeZlib {
  readonly gunzipSync: (bytes: Uint8Array, options: object) => Uint8Array;
  readonly brotliDecompressSync: (bytes: Uint8Array, options: object) => Uint8Array;
  /** From Node 22.15 on. */
  readonly zstdDecompressSync?: (bytes: Uint8Array, options: object) => Uint8Array;
}

/**
 * The quickest decompressor of each codec that this runtime has: Node's own, else zstd and snappy in WebAssembly and
 * the rest in JavaScript.
 *
 * @param zlib default: Node's own where there is one
 */
export async function loadDecompressors(
  codecs: ReadonlySet<CompressionCodec>,
  zlib: NodeZlib | undefined = nodeZlib(),
): Promise<Compressors> {
  const own: Compressors = { ...compressors };
  if (zlib) {
    const bounded = (unpack: NodeZlib['gunzipSync']) => (bytes: Uint8Array, length: number) =>
      unpack(bytes, { maxOutputLength: Math.max(1, length) });
    own.GZIP = bounded(zlib.gunzipSync);
    own.BROTLI = bounded(zlib.brotliDecompressSync);
    if (zlib.zstdDecompressSync) own.ZSTD = bounded(zlib.zstdDecompressSync);
  }
  if (codecs.has('ZSTD') && !zlib?.zstdDecompressSync) own.ZSTD = await zstdModule();
  return own;
}

/** A page that forbids WebAssembly from data addresses gets the decoder in JavaScript, four times as slow. */
async function zstdModule(): Promise<Decompress> {
  try {
    const { ZSTDDecoder } = await import('zstddec');
    const decoder = new ZSTDDecoder();
    await decoder.init();
    return (bytes, length) => decoder.decode(bytes, length);
  } catch {
    return compressors.ZSTD!;
  }
}

/** Without an import, which bundlers for browsers would stumble over. */
function nodeZlib(): NodeZlib | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return process?.getBuiltinModule?.('zlib') as NodeZlib | undefined;
}
