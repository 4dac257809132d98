export { type ExportOnnxOptions, exportOnnx, type OnnxScaling, type Scale } from './export-onnx.ts';
export { onnxOperators } from './onnx-operators.ts';
