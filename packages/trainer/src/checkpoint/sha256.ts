import { concatenated } from '../concatenated.ts';
import { TrainerError } from '../trainer-error.ts';

/** A checksum of bytes that come one part after the other. */
export interface RunningSha256 {
  /** Bytes so far. */
  readonly bytes: number;
  /** A part's bytes may change afterwards. */
  add(part: Uint8Array): void;
  /** In hexadecimal; once, at the end. */
  end(): Promise<string>;
}

interface NodeHash {
  update(part: Uint8Array): NodeHash;
  digest(encoding: 'hex'): string;
}

interface NodeRuntime {
  readonly process?: {
    getBuiltinModule?(name: string): { createHash(name: string): NodeHash } | undefined;
  };
}

/**
 * SHA-256 in hexadecimal, by the runtime's own code.
 *
 * @throws TrainerError `trainer/storage` in pages that have none: browsers keep it from pages that are not secure
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  return nodeHash()?.update(bytes).digest('hex') ?? ofWeb(bytes);
}

/** The same of parts: in Node and its like one by one, in browsers of copies of all, since Web Crypto takes only a whole. */
export function runningSha256(): RunningSha256 {
  const node = nodeHash();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    add(part) {
      bytes += part.byteLength;
      if (node) node.update(part);
      else parts.push(part.slice());
    },
    end: async () => node?.digest('hex') ?? ofWeb(concatenated(parts.splice(0))),
  };
}

function nodeHash(): NodeHash | undefined {
  const { process } = globalThis as NodeRuntime;
  return process?.getBuiltinModule?.('node:crypto')?.createHash('sha256');
}

async function ofWeb(bytes: Uint8Array): Promise<string> {
  const subtle = (globalThis.crypto as typeof globalThis.crypto | undefined)?.subtle;
  if (subtle === undefined) {
    throw new TrainerError(
      'trainer/storage',
      'Checkpoints cannot be summed up here: browsers offer SHA-256 only to pages of https:// or localhost. Serve the page from there, or train without checkpoints.',
    );
  }
  const digest = await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
