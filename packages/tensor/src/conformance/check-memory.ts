import type { Tensor } from '../tensor.ts';
import type { MemoryCase } from './conformance-case.ts';
import { createInputs, type EngineSession } from './engine-session.ts';

/** @returns the observations that were not as expected */
export async function checkMemory<T extends Tensor, R extends Tensor>(
  testCase: MemoryCase,
  session: EngineSession<T, R>,
): Promise<string[]> {
  const inputs = createInputs(session.ops, testCase.inputs);
  try {
    const observations = await testCase.run(session.ops, session.tensors, ...inputs);
    return observations
      .filter(({ expected, received }) => !Object.is(expected, received))
      .map(({ what, expected, received }) => `${what}: expected ${expected}, found ${received}`);
  } finally {
    for (const tensor of inputs) tensor.dispose();
  }
}
