import { TrainerError, type TrainerErrorCode } from '../../trainer-error.ts';

/** Throws unless both are the same as JSON; bytes are compared one by one. */
export function expectEqual(found: unknown, expected: unknown, what: string): void {
  if (found instanceof Uint8Array && expected instanceof Uint8Array) {
    const at = expected.findIndex((byte, index) => found[index] !== byte);
    if (found.length === expected.length && at < 0) return;
    throw new Error(
      `${what}: expected ${expected.length} bytes, found ${found.length}; they differ from byte ${at} on.`,
    );
  }
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: expected ${right}, found ${left}.`);
}

/** Throws unless `work` rejects with a TrainerError of this code. */
export async function expectRefusal(work: () => Promise<unknown>, code: TrainerErrorCode, what: string): Promise<void> {
  const error = await Promise.resolve()
    .then(work)
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  if (TrainerError.isInstance(error) && error.code === code) return;
  throw new Error(`${what}: expected a TrainerError ${code}, found ${error === null ? 'no error' : String(error)}.`);
}
