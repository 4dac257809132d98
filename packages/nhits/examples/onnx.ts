import { createNhits } from '@nt/nhits';
import { exportOnnx } from '@nt/nhits/onnx';
import { createReferenceBackend } from '@nt/tensor/reference';

const { ops } = createReferenceBackend();
const options = { inputSize: 24, horizon: 12, hiddenSize: 32, windowNormalization: 'standard' } as const;
const model = createNhits(ops, options);

const file = await exportOnnx(model, { scaling: { target: { shift: 120, scale: 35 } } });
console.log(file.byteLength);
//> 67255
