import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsOnnxruntime, runOnnx } from '@nt/onnx-tests';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FittedRidge, ridgeNetwork } from '../src/index.ts';
import { exportOnnx } from '../src/onnx/index.ts';
import { batchOf, beginsObserved, fitCase, horizon, ridgeCases, windowsOf } from './ridge-cases.ts';
import { float32 } from './tolerances.ts';

interface Result {
  readonly forecast: number[];
  readonly operators: string[];
  readonly opset: number;
  readonly inputs: string[];
  readonly metadata: Record<string, string>;
}

/** Raw windows by the names of the file's inputs, as [shape, values]; of one series, or of all with its number. */
function inputsOf(fitted: FittedRidge, set: (typeof ridgeCases)[number]['set'], only: number | null) {
  const { inputSize } = ridgeNetwork(fitted).options;
  const batch = batchOf(set, inputSize, null);
  const rows = Array.from({ length: batch.size }, (_, i) => i).filter(
    (i) => (only === null || batch.series[i] === only) && beginsObserved(batch, i),
  );
  const pick = (values: ArrayLike<number>, ...steps: number[]) => {
    const width = values.length / batch.size;
    const tail = steps.length > 0 ? [...steps, width / steps[0]!] : [width];
    const picked = rows.flatMap((i) => Array.from(values).slice(i * width, (i + 1) * width));
    return [[rows.length, ...tail], picked.map((x) => (Number.isNaN(x) ? 0 : x))];
  };
  const { historic, future, static: fixed } = batch;
  return {
    rows,
    inputs: {
      input: pick(batch.input),
      ...(batch.inputMask.includes(0) && { inputMask: pick(batch.inputMask) }),
      ...(historic && { historic: pick(historic, inputSize) }),
      ...(future && { future: pick(future, inputSize + horizon) }),
      ...(fixed && { static: pick(fixed) }),
      ...(only === null && { series: [[rows.length], rows.map((i) => batch.series[i]!)] }),
    },
  };
}

const kinds = [null, 1] as const;

describe.skipIf(!needsOnnxruntime('linear'))('onnxruntime', () => {
  let results: Record<string, Result>;
  const expected = new Map<string, number[]>();

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linear-onnx-'));
    for (const one of ridgeCases) {
      const fitted = await fitCase(one);
      const forecasts = await fitted.forecastWindows(windowsOf(one.set, 1));
      for (const only of kinds) {
        const name = `${one.name} ${only}`;
        const { rows, inputs } = inputsOf(fitted, one.set, only);
        const series = only === null ? {} : { series: one.set.ids[only]! };
        writeFileSync(join(folder, `${name}.onnx`), exportOnnx(fitted, { ...series, mask: 'inputMask' in inputs }));
        writeFileSync(join(folder, `${name}.json`), JSON.stringify(inputs));
        expected.set(
          name,
          rows.flatMap((i) => [...forecasts.subarray(i * horizon, (i + 1) * horizon)]),
        );
      }
    }
    results = runOnnx<Result>(folder);
  }, 120_000);

  it.each(ridgeCases.flatMap(({ name }) => kinds.map((only) => `${name} ${only}`)))(
    '%s: raw values in, forecasts in their unit out',
    (name) => {
      const wanted = expected.get(name)!;
      const { forecast } = results[name]!;
      expect(forecast).toHaveLength(wanted.length);
      const largest = Math.max(...wanted.map(Math.abs));
      wanted.forEach((y, i) => void expect(Math.abs(forecast[i]! - y) / largest, `${i}`).toBeLessThan(float32));
    },
  );

  it('says which series there are, and asks for no number where there is one', () => {
    expect(JSON.parse(results['last null']!.metadata['series']!)).toEqual(['a', 'b']);
    expect(results['last null']!.inputs).toEqual(['input', 'series']);
    expect(results['gaps 1']!.inputs).toEqual(['input', 'inputMask']);
    expect(new Set(Object.values(results).map(({ opset }) => opset))).toEqual(new Set([17]));
  });
});

it('refuses what it does not know', async () => {
  const fitted = await fitCase(ridgeCases[0]!);
  expect(() => exportOnnx(fitted, { serie: 'a' } as object)).toThrow(/unknown option 'serie'; did you mean 'series'/);
  expect(() => exportOnnx(fitted, { series: 'z' })).toThrow(/series: expected one of the fit/);
  expect(() => exportOnnx(fitted, { mask: 1 } as object)).toThrow(/mask: expected true or false, got 1/);
  const last = ridgeCases.at(-1)!;
  const boxCox = await fitCase({ ...last, options: { ...last.options, scaler: 'boxcox' } });
  expect(() => exportOnnx(boxCox)).toThrow(/another scaler than 'boxcox'/);
});
