import type { Tensor } from '../tensor.ts';
import { TensorError } from '../tensor-error.ts';
import type { ErrorsCase } from './conformance-case.ts';
import { createInputs, type EngineSession, tidyIfPossible } from './engine-session.ts';

/** @returns a sentence when nothing was thrown, or the wrong thing */
export async function checkErrors<T extends Tensor, R extends Tensor>(
  testCase: ErrorsCase,
  session: EngineSession<T, R>,
): Promise<string[]> {
  const inputs = createInputs(session.ops, testCase.inputs);
  const wanted = testCase.code ? `TensorError '${testCase.code}'` : 'an error';
  try {
    tidyIfPossible(session.ops, () => {
      testCase.provoke(session.ops, ...inputs);
    });
    return [`expected ${wanted}, but nothing was thrown`];
  } catch (error) {
    if (!testCase.code || (TensorError.isInstance(error) && error.code === testCase.code)) return [];
    return [`expected ${wanted}, found ${describeError(error)}`];
  } finally {
    for (const tensor of inputs) tensor.dispose();
  }
}

/** An error of any kind in a few words. */
export function describeError(error: unknown): string {
  if (TensorError.isInstance(error)) return `TensorError '${error.code}': ${error.message}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
