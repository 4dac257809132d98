import { seriesFromArrays, splitByTime } from '@nt/data';
import { createLinear, fitRidge, ridgeNetwork } from '@nt/linear';
import { exportOnnx } from '@nt/linear/onnx';
import { createReferenceBackend } from '@nt/tensor/reference';

const values = Array.from({ length: 600 }, (_, hour) => 50 + 12 * Math.sin((2 * Math.PI * hour) / 24) + (hour % 5));
const data = seriesFromArrays([{ id: 'town', values, start: '2026-01-01' }], { frequency: 'hour' });
const fitted = await fitRidge(data, splitByTime(data, { validation: 0.2 }), { horizon: 24, lookbacks: [48, 72] });

const { ops } = createReferenceBackend();
const { options, start } = ridgeNetwork(fitted);
const model = createLinear(ops, options, { start });
console.log(model.numParameters, options.inputSize, options.centre);

const file = exportOnnx(fitted, { series: 'town' });
console.log(file.byteLength);
//> 1752 72 last
//> 7906
