import { ForecastError } from '../forecast-error.ts';

/**
 * SHA-256 in hexadecimal, by the platform's Web Crypto (Node and browsers alike).
 *
 * @throws ForecastError `forecast/model-file` in pages that have none: browsers keep it from pages that are not secure
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
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
