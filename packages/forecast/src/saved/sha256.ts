import { ForecastError } from '../forecast-error.ts';

interface NodeHash {
  update(bytes: Uint8Array): NodeHash;
  digest(encoding: 'hex'): string;
}

interface NodeRuntime {
  readonly process?: {
    getBuiltinModule?(name: string): { createHash(name: string): NodeHash } | undefined;
  };
}

/**
 * SHA-256 in hexadecimal, by the runtime's own code: Web Crypto, or Node's, which makes no copy of a whole network first.
 *
 * @throws ForecastError `forecast/model-file` in pages that have none: browsers keep it from pages that are not secure
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const { process } = globalThis as NodeRuntime;
  const node = process?.getBuiltinModule?.('node:crypto');
  if (node) return node.createHash('sha256').update(bytes).digest('hex');
  const subtle = (globalThis.crypto as typeof globalThis.crypto | undefined)?.subtle;
  if (subtle === undefined) {
    throw new ForecastError(
      'forecast/model-file',
      'Model files cannot be checked here: browsers offer SHA-256 only to pages of https:// or localhost. Serve the page from there.',
    );
  }
  const digest = await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
