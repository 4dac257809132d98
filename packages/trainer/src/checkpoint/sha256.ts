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
  update(part: Uint8Array): unknown;
  digest(encoding: 'hex'): string;
}

interface NodeRuntime {
  readonly process?: {
    getBuiltinModule?(name: string): { createHash(name: string): NodeHash } | undefined;
  };
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array): Promise<string> {
  const running = runningSha256();
  running.add(bytes);
  return running.end();
}

/** SHA-256, by the runtime's own code: in Node and its like part by part, in browsers of copies of all parts. */
export function runningSha256(): RunningSha256 {
  const { process } = globalThis as NodeRuntime;
  const hash = process?.getBuiltinModule?.('node:crypto')?.createHash('sha256');
  return hash ? ofNode(hash) : ofWeb();
}

function ofNode(hash: NodeHash): RunningSha256 {
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    add(part) {
      bytes += part.byteLength;
      hash.update(part);
    },
    end: async () => hash.digest('hex'),
  };
}

/** Web Crypto takes nothing but the whole. */
function ofWeb(): RunningSha256 {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  return {
    get bytes() {
      return bytes;
    },
    add(part) {
      bytes += part.byteLength;
      parts.push(part.slice());
    },
    async end() {
      const whole = new Uint8Array(bytes);
      let at = 0;
      for (const part of parts.splice(0)) {
        whole.set(part, at);
        at += part.byteLength;
      }
      const digest = await globalThis.crypto.subtle.digest('SHA-256', whole);
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}
