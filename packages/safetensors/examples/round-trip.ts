import { parse, serialize } from '@nt/safetensors';

const file = serialize(
  {
    'layer.weight': { shape: [2, 2], dtype: 'float32', data: Float32Array.of(1, 2, 3, 4) },
    'layer.bias': { shape: [2], dtype: 'float32', data: Float32Array.of(0.5, -0.5) },
  },
  { format: 'pt' },
);

const { tensors, metadata } = parse(file);
for (const [name, { dtype, shape, data }] of tensors) console.log(name, dtype, shape, data);
console.log(metadata?.get('format'), file.byteLength);
//> layer.bias float32 [ 2 ] Float32Array(2) [ 0.5, -0.5 ]
//> layer.weight float32 [ 2, 2 ] Float32Array(4) [ 1, 2, 3, 4 ]
//> pt 200
