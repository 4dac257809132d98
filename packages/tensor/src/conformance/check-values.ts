import type { NetworkOps } from '../network-ops.ts';
import type { Tensor } from '../tensor.ts';
import { compareValues, type Reading } from './compare-values.ts';
import type { ValuesCase } from './conformance-case.ts';
import type { Tolerance } from './conformance-tolerances.ts';
import { createInputs, type EngineSession, tidyIfPossible } from './engine-session.ts';

/** Runs a case on both engines. @returns what differs */
export async function checkValues<T extends Tensor, R extends Tensor>(
  testCase: ValuesCase,
  session: EngineSession<T, R>,
): Promise<string[]> {
  const { relative, absolute } = session.tolerances.values;
  const slack = testCase.slack ?? 1;
  const tolerance: Tolerance = { relative: relative * slack, absolute: absolute * slack };
  const received = await evaluate(testCase, session.ops);
  const expected = await evaluate(testCase, session.reference);
  const problems: (string | undefined)[] = [];
  if (received.length !== expected.length)
    problems.push(`expected ${expected.length} results, found ${received.length}`);
  expected.forEach((reading, i) => {
    const result = received[i];
    if (!result) return;
    problems.push(compareValues(`result ${i} against the reference`, result, reading, tolerance));
    const values = testCase.expected?.[i];
    if (!values) return;
    problems.push(compareValues(`result ${i} against the known answer`, result, { ...reading, values }, tolerance));
    problems.push(compareValues(`the reference's result ${i}`, reading, { ...reading, values }, tolerance));
  });
  return problems.filter((problem) => problem !== undefined);
}

async function evaluate<T extends Tensor>(testCase: ValuesCase, ops: NetworkOps<T>): Promise<Reading[]> {
  const inputs = createInputs(ops, testCase.inputs);
  let results: readonly T[] = [];
  try {
    results = tidyIfPossible(ops, () => {
      const result = testCase.compute(ops, ...inputs);
      return Array.isArray(result) ? (result as readonly T[]) : [result as T];
    });
    return await Promise.all(
      results.map(async (tensor) => ({ shape: [...tensor.shape], values: Array.from(await tensor.data()) })),
    );
  } finally {
    for (const tensor of [...results, ...inputs]) tensor.dispose();
  }
}
