export { exportOnnx } from './export-onnx.ts';
export { onnxOperators } from './onnx-operators.ts';
export type { ExportOnnxOptions, OnnxScaling, Scale } from './onnx-options.ts';
