import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsOnnxruntime, runOnnx } from '@nt/onnx-tests';
import type { Tensor, WindowTensors } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { beforeAll, describe, expect, it } from 'vitest';
import { createNhits, type NhitsModel, type NhitsOptions } from '../src/index.ts';
import { type ExportOnnxOptions, exportOnnx, onnxOperators } from '../src/onnx/index.ts';
import { cases, size } from './onnx-cases.ts';
import { tolerances } from './tolerances.ts';

const { ops } = createReferenceBackend();
type Reference = ReturnType<typeof ops.zeros>;
const batch = 4;

const wave = (shape: readonly number[], seed: number): Reference => {
  const count = shape.reduce((a, b) => a * b, 1);
  return ops.tensor(
    Array.from({ length: count }, (_, i) => Math.fround(3 * Math.sin(i * 1.3 + seed) + Math.cos(i * 0.11) + seed)),
    shape,
  );
};

function makeWindow(
  { historic, future, static: fixed, scaleDecouple }: NhitsModel<Reference>['config'],
  mask: boolean,
) {
  return {
    // Counts are never below zero.
    input: wave([batch, size.inputSize], scaleDecouple === 'negativeBinomial' ? 9 : 0),
    ...(mask && {
      inputMask: ops.tensor(
        Array.from({ length: batch * size.inputSize }, (_, i) => (i % 5 === 0 || i >= 3 * size.inputSize ? 0 : 1)),
        [batch, size.inputSize],
      ),
    }),
    ...(historic > 0 && { historic: wave([batch, size.inputSize, historic], 1) }),
    ...(future > 0 && { future: wave([batch, size.inputSize + size.horizon, future], 2) }),
    ...(fixed > 0 && { static: wave([batch, fixed], 3) }),
  } satisfies WindowTensors<Reference>;
}

/** A network whose every weight is drawn, also those that begin as zeros or ones. */
async function makeModel(options: Partial<NhitsOptions> = {}): Promise<NhitsModel<Reference>> {
  const model = createNhits(ops, { ...size, ...options }, { scope: JSON.stringify(options) });
  const weights = Object.entries(await model.saveWeights()).map(([name, array], k) => {
    if (!/^(skip|scaler)\./.test(name)) return [name, array] as const;
    const data = Float64Array.from(array.data, (_, i) => Math.fround(0.6 + 0.3 * Math.sin(i + k)));
    return [name, { ...array, data }] as const;
  });
  model.loadWeights(Object.fromEntries(weights));
  return model;
}

type Results = Readonly<
  Record<
    string,
    {
      readonly shape: number[];
      readonly forecast: number[];
      readonly alone: number[];
      readonly operators: string[];
      readonly opset: number;
      readonly inputs: string[];
      readonly metadata: Record<string, string>;
    }
  >
>;

describe.skipIf(!needsOnnxruntime('nhits'))('onnxruntime', () => {
  const expected = new Map<string, number[]>();
  let results: Results;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nhits-onnx-'));
    for (const { name, options, onnx = {} } of cases) {
      const model = await makeModel(options);
      writeFileSync(join(folder, `${name}.onnx`), await exportOnnx(model, onnx));
      const window = makeWindow(model.config, onnx.mask ?? false);
      const { forecast, more } = inUnit(model, window, onnx);
      const inputs = Object.entries({ ...window, ...more }).map(([key, { shape, values }]) => [
        key,
        [shape, Array.from(values)],
      ]);
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(Object.fromEntries(inputs)));
      expected.set(name, Array.from(forecast.values));
      model.dispose();
    }
    results = runOnnx<Results[string]>(folder);
  }, 120_000);

  it.each(cases.map(({ name }) => name))('%s: agrees, for any number of windows', (name) => {
    const { forecast, alone, shape } = results[name]!;
    const wanted = expected.get(name)!;
    expect(shape.slice(0, 2)).toEqual([batch, size.horizon]);
    expect(forecast).toHaveLength(wanted.length);
    const largest = Math.max(1, ...wanted.map(Math.abs));
    const off = (actual: readonly number[], from: readonly number[]): number =>
      Math.max(...from.map((value, i) => Math.abs(value - actual[i]!))) / largest;
    expect(off(forecast, wanted)).toBeLessThan(tolerances.float32Forward);
    expect(off(alone, wanted.slice(-alone.length))).toBeLessThan(tolerances.float32Forward);
  });

  it('uses the operators it lists, and no others', () => {
    const used = new Set(Object.values(results).flatMap(({ operators }) => operators));
    expect([...used].sort()).toEqual([...onnxOperators].sort());
    expect(new Set(Object.values(results).map(({ opset }) => opset))).toEqual(new Set([17]));
  });

  it('has the inputs that it needs, and says what it is', () => {
    expect(results['mask']!.inputs).toEqual(['input', 'inputMask']);
    expect(results['scaling_inputs']!.inputs).toEqual(['input', 'historic', 'future', 'static', 'shift', 'scale']);
    expect(JSON.parse(results['default']!.metadata['config']!)).toMatchObject({ inputSize: 11, horizon: 5 });
  });
});

/** What the file should give: the network on scaled values, and its forecast scaled back. */
function inUnit(model: NhitsModel<Reference>, window: ReturnType<typeof makeWindow>, { scaling }: ExportOnnxOptions) {
  const run = { training: false, random: { seed: 0, counter: 0 } };
  if (!scaling || scaling === 'none') return { forecast: model.forward(window, run), more: {} };
  if (scaling === 'inputs') {
    const more = { shift: ops.tensor([1, -2, 3, 100], [batch, 1]), scale: ops.tensor([2, 1, 0.5, 30], [batch, 1]) };
    const scaled = model.forward({ ...window, input: ops.div(ops.sub(window.input, more.shift), more.scale) }, run);
    const wide = (x: Reference): Reference => ops.reshape(x, [batch, 1, 1]);
    return { forecast: ops.add(ops.mul(scaled, wide(more.scale)), wide(more.shift)), more };
  }
  const there = (x: Reference, scales: readonly { shift: number; scale: number }[]): Reference => {
    const shape = [scales.length];
    const values = (key: 'shift' | 'scale'): Reference =>
      ops.tensor(
        scales.map((s) => s[key]),
        shape,
      );
    return ops.div(ops.sub(x, values('shift')), values('scale'));
  };
  const { target, historic, future, static: fixed } = scaling;
  const scaled = model.forward(
    {
      input: there(ops.reshape(window.input, [batch, size.inputSize]), [target]),
      historic: there(window.historic as Reference, historic!),
      future: there(window.future as Reference, future!),
      static: there(window.static as Reference, fixed!),
    },
    run,
  );
  const back = (x: number): Reference => ops.tensor([x], []);
  return { forecast: ops.add(ops.mul(scaled, back(target.scale)), back(target.shift)), more: {} };
}

it.each([
  [{}, { scale: 'inputs' }, /option 'scale': no such option; there are mask, scaling/],
  [{}, { mask: 1 }, /mask: expected true or false, got 1/],
  [{}, { scaling: { target: { shift: 0, scale: 0 } } }, /scaling.target: expected \{ shift, scale \}/],
  [{ future: 2 }, { scaling: { target: { shift: 0, scale: 1 }, future: [] } }, /scaling.future: expected 2 scales/],
  [{ outputs: 2, scaleDecouple: 'normal' }, { scaling: 'inputs' }, /the outputs are parameters of normal/],
] as [Partial<NhitsOptions>, ExportOnnxOptions, RegExp][])('%j %j is refused', async (options, onnx, message) => {
  const model = await makeModel(options);
  await expect(exportOnnx(model as unknown as NhitsModel<Tensor>, onnx)).rejects.toThrow(message);
  model.dispose();
});

it('is the same file each time, without python as well', async () => {
  const model = await makeModel({ windowNormalization: 'robust' });
  const [first, second] = [await exportOnnx(model), await exportOnnx(model)];
  expect(first).toEqual(second);
  // ir_version 8, then the producer's name.
  expect([...first.slice(0, 4)]).toEqual([0x08, 8, 0x12, '@nt/layers'.length]);
  model.dispose();
});
