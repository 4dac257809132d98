import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsOnnxruntime, runOnnx } from '@nt/onnx-tests';
import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { createNbeats } from '../src/index.ts';
import { exportOnnx, onnxOperators } from '../src/onnx/index.ts';
import { goldenNames, goldenWindow, readGolden } from './golden-nbeats.ts';
import { tolerances } from './tolerances.ts';

type Results = Record<string, { readonly forecast: number[]; readonly operators: string[]; readonly inputs: string[] }>;

it.skipIf(!needsOnnxruntime('nbeats'))('onnxruntime forecasts the same, for every golden network', async () => {
  const { ops } = createReferenceBackend();
  const folder = mkdtempSync(join(tmpdir(), 'nbeats-onnx-'));
  for (const name of goldenNames) {
    const { golden, weights, options } = readGolden(name);
    const model = createNbeats(ops, options, { weightsFollow: true });
    model.loadWeights(weights);
    writeFileSync(join(folder, `${name}.onnx`), await exportOnnx(model, { mask: true }));
    const inputs = Object.entries(goldenWindow(ops, golden)).map(([key, { shape, values }]) => [
      key,
      [shape, Array.from(values)],
    ]);
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(Object.fromEntries(inputs)));
    model.dispose();
  }
  const results = runOnnx<Results[string]>(folder);
  for (const name of goldenNames) {
    const wanted = readGolden(name).golden.output_float64.flat(2);
    const { forecast, operators, inputs } = results[name]!;
    const largest = Math.max(1, ...wanted.map(Math.abs));
    wanted.forEach((y, i) => {
      expect(Math.abs(forecast[i]! - y) / largest, `${name} ${i}`).toBeLessThan(tolerances.forward);
    });
    expect(inputs).toEqual(['input', 'inputMask']);
    expect(operators.filter((operator) => !onnxOperators.includes(operator))).toEqual([]);
  }
});
