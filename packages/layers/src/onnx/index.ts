export { type OnnxNetwork, onnxFile } from './onnx-file.ts';
export { type Attribute, type OnnxGraph, onnxGraph } from './onnx-graph.ts';
export { onnxOperators } from './onnx-operators.ts';
export type { ExportOnnxOptions, OnnxScaling, Scale } from './onnx-options.ts';
export { traceOps } from './trace-ops.ts';
export { anyBatch, type TraceTensor, traceTensor } from './trace-tensor.ts';
export { windowInputs } from './window-inputs.ts';
