import type { Backend, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { adamRule } from '../src/conformance/cases/rules-for-cases.ts';
import { createStockCpu } from './engines.ts';
import { readGolden } from './golden.ts';
import { expectNear } from './near.ts';
import { tolerances } from './tolerances.ts';

interface Adam {
  readonly shapes: number[][];
  readonly params0: number[][];
  readonly grads: number[][][];
  readonly cases: readonly { name: string; options: { lr: number }; params: number[][][] }[];
}

const golden = readGolden<Adam>('optim_adam');
const { options, params } = golden.cases.find(({ name }) => name === 'default')!;

/** Every update's parameters: the rule is donated its state, as an optimizer does. */
async function trajectory<T extends Tensor>({ ops }: Backend<T>, parameter: number): Promise<number[][]> {
  const shape = golden.shapes[parameter]!;
  let [w, m, v] = [ops.tensor(golden.params0[parameter]!, shape), ops.zeros(shape), ops.zeros(shape)];
  const path: number[][] = [];
  for (const [update, gradients] of golden.grads.entries()) {
    const scalars = {
      learningRate: options.lr,
      correction1: 1 - 0.9 ** (update + 1),
      correction2: 1 - 0.999 ** (update + 1),
    };
    const g = ops.tensor(gradients[parameter]!, shape);
    const next = ops.elementwise(adamRule, { w, g, m, v }, scalars, { donate: ['w', 'm', 'v'] });
    ops.dispose([w, g, m, v]);
    ({ w, m, v } = next);
    path.push(Array.from(await w.data()));
  }
  ops.dispose([w, m, v]);
  return path;
}

it.each([0, 1])(
  'an elementwise rule is torch.optim.Adam over 12 updates in float64 (parameter %i)',
  async (parameter) => {
    const reference = createReferenceBackend();
    const path = await trajectory(reference, parameter);
    expect(path).toHaveLength(12);
    path.forEach((values, update) => void expectNear(values, params[update]![parameter]!, tolerances.float64));
    expect(reference.memory().tensors).toBe(0);
  },
);

it('and composed of stock float32 operations too, to the precision of float32', async () => {
  const backend = await createStockCpu();
  const path = await trajectory(backend, 0);
  path.forEach((values, update) => void expectNear(values, params[update]![0]!, tolerances.float32));
  await backend.dispose();
});
