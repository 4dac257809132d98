import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createStockCpu } from '../../test/engines.ts';

let backend: Awaited<ReturnType<typeof createStockCpu>>;
beforeAll(async () => {
  backend = await createStockCpu();
});
afterAll(() => backend.dispose());

type Ops = typeof backend.ops;
type AnyTensor = Parameters<Ops['exp']>[0];
const steps = 6;

/** Tensors alive at the end of the forward pass of a chain, and how often the chain ran. */
function forwardPass(wrap: (ops: Ops, f: (x: AnyTensor) => AnyTensor) => (x: AnyTensor) => AnyTensor) {
  const { ops } = backend;
  const start = ops.tensor([0.1, 0.2], [2]);
  const variable = ops.variable(start, { name: 'x' });
  let evaluations = 0;
  let alive = 0;
  const chain = wrap(ops, (x) => {
    evaluations++;
    return Array.from({ length: steps }).reduce<AnyTensor>((y) => ops.softplus(ops.mul(y, y)), x);
  });
  const before = backend.memory().tensors;
  const { value, grads } = ops.variableGrads(() => {
    const y = chain(variable);
    alive = backend.memory().tensors - before;
    return ops.sum(y);
  }, [variable]);
  const gradient = grads['x']!.dataSync();
  ops.dispose([start, variable, value, grads['x']!]);
  return { alive, evaluations, gradient: Array.from(gradient) };
}

it('keeps nothing but its argument and its result until the backward pass, at the price of a second evaluation', () => {
  const plain = forwardPass((_ops, f) => f);
  const checkpointed = forwardPass((ops, f) => ops.recompute(f));
  expect(plain.evaluations).toBe(1);
  expect(checkpointed.evaluations).toBe(2);
  expect(plain.alive).toBeGreaterThanOrEqual(2 * steps);
  expect(checkpointed.alive).toBe(2);
  checkpointed.gradient.forEach((g, i) => void expect(g).toBeCloseTo(plain.gradient[i]!, 6));
});

it('outside of gradients it evaluates once and keeps nothing', () => {
  const { ops } = backend;
  const x = ops.tensor([1], [1]);
  const before = backend.memory().tensors;
  const y = ops.recompute((z) => ops.mul(ops.exp(z), ops.exp(z)))(x);
  expect(backend.memory().tensors).toBe(before + 1);
  ops.dispose([x, y]);
});

it('on the reference, which has no tape, it is the function itself', () => {
  const { ops } = createReferenceBackend();
  const f = (x: Parameters<typeof ops.exp>[0]) => ops.exp(x);
  expect(ops.recompute(f)).toBe(f);
});
