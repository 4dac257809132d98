import type { Backend } from './backend.ts';
import type { Tensor } from './tensor.ts';
import { TensorError } from './tensor-error.ts';

/** The backend that was available, and why those before it were not. */
export interface FirstAvailable<T extends Tensor = Tensor> {
  readonly backend: Backend<T>;
  /** One error for each factory tried before, in order; empty when the first one worked. Show it, record it. */
  readonly unavailable: readonly TensorError[];
}

/**
 * Tries the factories of backends in order and stops at the first that works. Says what it passed over: a fallback is
 * the caller's choice, and never silent.
 *
 * Only `tensor/backend-unavailable` moves on to the next factory; any other error is a mistake and thrown as it is.
 *
 * @param factories wanted first, e.g. `[() => createNodeGpuBackend(), () => createWebgpuBackend(), createCpuBackend]`
 * @throws TensorError `tensor/backend-unavailable` when none works: the message lists every reason, `details.reasons`
 *   the `details` of each, and `cause` is an AggregateError of all; `tensor/option` for no factories
 */
export async function firstAvailable<T extends Tensor>(
  factories: readonly (() => Promise<Backend<T>>)[],
): Promise<FirstAvailable<T>> {
  if (factories.length === 0)
    throw new TensorError('tensor/option', 'firstAvailable: expected at least one factory, got none.');
  const unavailable: TensorError[] = [];
  for (const factory of factories) {
    try {
      return { backend: await factory(), unavailable };
    } catch (error) {
      if (!TensorError.isInstance(error) || error.code !== 'tensor/backend-unavailable') throw error;
      unavailable.push(error);
    }
  }
  const reasons = unavailable.map((error, i) => `${i + 1}. ${error.message}`);
  throw new TensorError(
    'tensor/backend-unavailable',
    `None of ${factories.length} backends is available.\n${reasons.join('\n')}`,
    { reasons: unavailable.map(({ details }) => details) },
    new AggregateError(unavailable),
  );
}
