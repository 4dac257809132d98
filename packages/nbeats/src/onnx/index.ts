export { type ExportOnnxOptions, type OnnxScaling, onnxOperators, type Scale } from '@nt/layers/onnx';
export { exportOnnx } from './export-onnx.ts';
