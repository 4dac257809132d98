import type { NetworkOps } from '../network-ops.ts';
import { uniformValues } from '../random/uniform-values.ts';
import type { Tensor, Variable } from '../tensor.ts';
import { compareValues } from './compare-values.ts';
import type { GradientsCase } from './conformance-case.ts';
import { createInputs, type EngineSession } from './engine-session.ts';
import { lossWeights, referenceSlope } from './reference-slope.ts';

const directions = 3;

/** Gradients of the engine against slopes of the reference. @returns what differs */
export async function checkGradients<T extends Tensor, R extends Tensor>(
  testCase: GradientsCase,
  session: EngineSession<T, R>,
): Promise<string[]> {
  const gradients = await engineGradients(testCase, session.ops);
  const problems: (string | undefined)[] = testCase.inputs.map((input, i) => {
    const received = gradients[i]!;
    const values = testCase.expected?.[i] ?? received.values;
    return compareValues(`gradient of input ${i}`, received, { shape: input.shape, values }, scaled(testCase, session));
  });
  const shapesFit = !problems.some((problem) => problem !== undefined);
  if (shapesFit && !testCase.expected) {
    const values = gradients.map((gradient) => gradient.values);
    for (let i = 0; i < directions; i++) problems.push(await checkDirection(testCase, session, values, i));
  }
  return problems.filter((problem) => problem !== undefined);
}

function scaled<T extends Tensor, R extends Tensor>(
  { slack = 1 }: GradientsCase,
  { tolerances }: EngineSession<T, R>,
): { relative: number; absolute: number } {
  return { relative: tolerances.gradients.relative * slack, absolute: tolerances.gradients.absolute * slack };
}

async function checkDirection<T extends Tensor, R extends Tensor>(
  testCase: GradientsCase,
  session: EngineSession<T, R>,
  gradients: readonly (readonly number[])[],
  index: number,
): Promise<string | undefined> {
  const direction = gradients.map((gradient, i) =>
    Array.from(uniformValues(gradient.length, { seed: 1000 + index, counter: i }), (u) => 2 * u - 1),
  );
  const terms = gradients.flatMap((gradient, i) => gradient.map((g, j) => g * direction[i]![j]!));
  const received = terms.reduce((total, term) => total + term, 0);
  const expected = await referenceSlope(testCase, session.reference, direction);
  const { relative, absolute } = scaled(testCase, session);
  const allowed = absolute + relative * terms.reduce((total, term) => total + Math.abs(term), 0);
  if (Math.abs(received - expected) <= allowed) return undefined;
  return `derivative along direction ${index}: expected ${expected}, found ${received} (allowed difference ${allowed})`;
}

async function engineGradients<T extends Tensor>(
  testCase: GradientsCase,
  ops: NetworkOps<T>,
): Promise<{ shape: readonly number[]; values: number[] }[]> {
  const used: T[] = [];
  try {
    const constants = createInputs(ops, testCase.constants);
    used.push(...constants);
    const variables = createInputs(ops, testCase.inputs).map((initial, i): Variable<T> => {
      used.push(initial);
      const variable = ops.variable(initial, { name: `conformance.${i}` });
      used.push(variable);
      return variable;
    });
    const loss = (): T => weightedSum(testCase, ops, testCase.compute(ops, ...variables, ...constants));
    const { value, grads } = ops.variableGrads(loss, variables);
    used.push(value, ...Object.values(grads));
    const gradients = variables.map(({ name }) => grads[name] ?? absent(name, Object.keys(grads)));
    return await Promise.all(
      gradients.map(async (tensor) => ({ shape: [...tensor.shape], values: Array.from(await tensor.data()) })),
    );
  } finally {
    for (const tensor of used) tensor.dispose();
  }
}

function weightedSum<T extends Tensor>({ expected }: GradientsCase, ops: NetworkOps<T>, result: T): T {
  if (expected) return ops.sum(result);
  return ops.sum(ops.mul(result, ops.tensor(lossWeights(result.shape), result.shape)));
}

function absent(name: string, names: readonly string[]): never {
  throw new Error(`variableGrads gave no gradient for '${name}', only for: ${names.join(', ') || 'nothing'}`);
}
