import { createCpuBackend } from '@nt/backend-cpu';
import { seriesFromArrays } from '@nt/data';
import { NhitsForecaster } from '@nt/forecast';
import { exportOnnx } from '@nt/forecast/onnx';

const values = Array.from({ length: 200 }, (_, day) => 100 + 20 * Math.sin((2 * Math.PI * day) / 7));
const data = seriesFromArrays([{ id: 'shop', values, start: '2026-01-01' }], { frequency: 'day', target: 'sales' });
const backend = await createCpuBackend();
const recipe = new NhitsForecaster(backend, { horizon: 7, inputSize: 21, model: { hiddenSize: 16 } });
const { forecaster } = await recipe.fit(recipe.plan(data, { maxUpdates: 5 }));

// 21 raw values in, the next 7 out: `session.run({ input })` in onnxruntime, in any language and in browsers.
const file = await exportOnnx(forecaster);
console.log(file.length > 1000);
forecaster.dispose();
await backend.dispose();
//> true
