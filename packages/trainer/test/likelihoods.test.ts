import { readFileSync } from 'node:fs';
import type { Backend, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Loss, negativeBinomialLoss, normalLoss, studentTLoss } from '../src/losses/index.ts';
import { closedForm, likelihoodOnStock } from './tolerances.ts';
import { stockBackend } from './toy/stock-backend.ts';

interface Row {
  readonly loss: keyof typeof losses;
  readonly outputs: readonly number[];
  readonly target: number;
  readonly value: number;
}

const losses = {
  normal: normalLoss(),
  studentT: studentTLoss(),
  negativeBinomial: negativeBinomialLoss(),
} as const satisfies Record<string, Loss>;

const rows = JSON.parse(readFileSync(new URL('golden/likelihoods.json', import.meta.url), 'utf8')) as Row[];
const reference = createReferenceBackend();
let stock: Backend<Tensor>;
beforeAll(async () => {
  stock = await stockBackend();
});
afterAll(() => stock.dispose());

async function evaluate<T extends Tensor>({ ops }: Backend<T>, { loss, outputs, target }: Row): Promise<number> {
  const value = ops.tidy(() =>
    losses[loss](ops, ops.tensor([...outputs], [1, 1, outputs.length]), ops.tensor([target], [1, 1])),
  );
  return (await value.data())[0]!;
}

it.each(rows)('$loss of $target at $outputs agrees with SciPy', async (row) => {
  const scale = Math.max(1, Math.abs(row.value));
  expect(Math.abs((await evaluate(reference, row)) - row.value) / scale).toBeLessThan(closedForm);
  expect(Math.abs((await evaluate(stock, row)) - row.value) / scale).toBeLessThan(likelihoodOnStock);
});
