import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { windowNormalizations } from '@nt/layers';
import { needsOnnxruntime, runOnnx } from '@nt/onnx-tests';
import type { Tensor, WindowTensors } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { createNbeats, type NbeatsModel } from '../src/index.ts';
import { fromNeuralforecast } from '../src/neuralforecast/index.ts';
import { exportOnnx, onnxOperators } from '../src/onnx/index.ts';
import { goldenNames, goldenWindow, readGolden } from './golden-nbeats.ts';
import { readCase, savedCases, windowOf } from './saved-cases.ts';
import { tolerances } from './tolerances.ts';

const { ops } = createReferenceBackend();
type Reference = ReturnType<typeof ops.zeros>;
type Results = Record<string, { readonly forecast: number[]; readonly operators: string[]; readonly inputs: string[] }>;

/** Golden networks, saved folders with their scalers and distributions, and every scaling of windows. */
const networks: readonly {
  readonly name: string;
  create(): NbeatsModel<Reference>;
  window(): WindowTensors<Reference>;
}[] = [
  ...goldenNames.map((name) => ({
    name,
    create: () => {
      const { weights, options } = readGolden(name);
      const model = createNbeats(ops, options, { scope: name, weightsFollow: true });
      model.loadWeights(weights);
      return model;
    },
    window: () => goldenWindow(ops, readGolden(name).golden),
  })),
  ...savedCases.map((name) => ({
    name: `saved_${name}`,
    create: () => {
      const { options, weights } = fromNeuralforecast(readCase(name).files);
      const model = createNbeats(ops, options, { scope: name, weightsFollow: true });
      model.loadWeights(weights);
      return model;
    },
    window: () => windowOf(ops, readCase(name).expected),
  })),
  ...windowNormalizations.map((windowNormalization) => ({
    name: `window_${windowNormalization}`,
    create: () =>
      createNbeats(
        ops,
        { inputSize: 10, horizon: 5, hiddenSize: 6, windowNormalization, outputs: 3 },
        { scope: windowNormalization },
      ),
    window: () => windowOf(ops, readCase('mae').expected),
  })),
];

it.skipIf(!needsOnnxruntime('nbeats'))('onnxruntime forecasts the same, for every network', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nbeats-onnx-'));
  const expected = new Map<string, number[]>();
  for (const { name, create, window } of networks) {
    const model = create();
    const file = await exportOnnx(model as unknown as NbeatsModel<Tensor>, { mask: true });
    writeFileSync(join(folder, `${name}.onnx`), file);
    const inputs = Object.entries(window()).map(([key, { shape, values }]) => [key, [shape, Array.from(values)]]);
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(Object.fromEntries(inputs)));
    const run = { training: false, random: { seed: 1, counter: 0 } };
    expected.set(name, Array.from(ops.tidy(() => model.forward(window(), run)).values));
    model.dispose();
  }
  const results = runOnnx<Results[string]>(folder);
  for (const [name, wanted] of expected) {
    const { forecast, operators, inputs } = results[name]!;
    const largest = Math.max(1, ...wanted.map(Math.abs));
    expect(forecast).toHaveLength(wanted.length);
    wanted.forEach((y, i) => {
      expect(Math.abs(forecast[i]! - y) / largest, `${name} ${i}`).toBeLessThan(tolerances.forward);
    });
    expect(inputs).toEqual(['input', 'inputMask']);
    expect(operators.filter((operator) => !onnxOperators.includes(operator))).toEqual([]);
  }
});

it('refuses scaling of outputs that are no values', async () => {
  const model = createNbeats(ops, { inputSize: 8, horizon: 4, hiddenSize: 4, outputs: 2, scaleDecouple: 'normal' });
  const file = exportOnnx(model as unknown as NbeatsModel<Tensor>, { scaling: 'inputs' });
  await expect(file).rejects.toThrow(/the outputs are parameters of normal/);
  model.dispose();
});
