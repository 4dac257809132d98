import { TensorError } from '@nt/tensor';

/** What a program can tell a test of an error that it expects. */
export interface Thrown {
  readonly code?: string;
  readonly reason?: unknown;
  readonly message: string;
}

/** The TensorError that `f` throws; any other error is a failure of the program. */
export async function thrownBy(f: () => unknown): Promise<Thrown> {
  try {
    await f();
    return { message: 'nothing was thrown' };
  } catch (error) {
    if (!TensorError.isInstance(error)) throw error;
    return { code: error.code, reason: error.details['reason'], message: error.message };
  }
}
