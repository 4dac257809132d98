import { encodeManifest } from '../../src/checkpoint/manifest-file.ts';
import type { CheckpointStorage } from '../../src/index.ts';

/** Changes one file of a checkpoint behind the back of everybody. */
export async function damage(
  storage: CheckpointStorage,
  name: string,
  file: string,
  change: (bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array | null,
): Promise<void> {
  const files: Record<string, Uint8Array> = {};
  for (const other of await storage.files(name)) files[other] = await storage.read(name, other);
  const changed = await change(files[file]!);
  if (changed) files[file] = changed;
  else delete files[file];
  await storage.write(name, files);
}

export const flipped = (bytes: Uint8Array, at: number = Math.floor(bytes.length / 2)): Uint8Array => {
  const copy = bytes.slice();
  copy[at] = copy[at]! ^ 1;
  return copy;
};

type Edit = (manifest: Record<string, unknown>) => void;

export const edited =
  (change: Edit) =>
  (bytes: Uint8Array): Uint8Array => {
    const manifest = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    change(manifest);
    return new TextEncoder().encode(JSON.stringify(manifest));
  };

/** As whoever wrote such a manifest would have signed it. */
export const signed =
  (change: Edit) =>
  (bytes: Uint8Array): Promise<Uint8Array> => {
    const { checksum, ...manifest } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    change(manifest);
    return encodeManifest(manifest as never);
  };
