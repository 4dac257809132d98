import { concatenated } from '../concatenated.ts';
import type { CheckpointStorage, FileInParts } from './checkpoint-storage.ts';

/**
 * Writes an entry whose files are made when their turn comes: in parts where the storage can, else gathered first.
 *
 * @throws what making the files has thrown, as it is; the storage's errors for the rest
 */
export async function writeFiles(
  storage: CheckpointStorage,
  name: string,
  files: AsyncIterable<FileInParts>,
): Promise<void> {
  if (!storage.writeInParts) return storage.write(name, await gathered(files));
  // A storage would call it a fault of its own.
  let madeNone: { readonly error: unknown } | undefined;
  async function* made(): AsyncGenerator<FileInParts> {
    try {
      for await (const { name: file, parts } of files) yield { name: file, parts: watched(parts) };
    } catch (error) {
      madeNone ??= { error };
      throw error;
    }
  }
  async function* watched(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* parts;
    } catch (error) {
      madeNone ??= { error };
      throw error;
    }
  }
  try {
    await storage.writeInParts(name, made());
  } catch (error) {
    throw madeNone ? madeNone.error : error;
  }
}

async function gathered(files: AsyncIterable<FileInParts>): Promise<Record<string, Uint8Array>> {
  const whole: Record<string, Uint8Array> = {};
  for await (const { name, parts } of files) whole[name] = await joined(parts);
  return whole;
}

/** The parts as one array of its own. */
export async function joined(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const copies: Uint8Array[] = [];
  for await (const part of parts) copies.push(part.slice());
  return concatenated(copies);
}
