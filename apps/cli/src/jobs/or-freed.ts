import type { Backend, Tensor } from '@nt/tensor';

/** Opens something on an engine; when that fails the engine is freed, or the next job of this process would find it in use. */
export async function orFreed<Opened>(backend: Backend<Tensor>, open: () => Promise<Opened>): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    await backend.dispose();
    throw error;
  }
}
