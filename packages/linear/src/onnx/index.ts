export { type ExportRidgeOptions, exportOnnx } from './export-onnx.ts';
