export type { Dtype, TensorData } from './dtype.ts';
export { maxHeaderBytes } from './header-text.ts';
export type {
  DataOfDtype,
  Metadata,
  NamedArray,
  NamedArrays,
  ParsedArray,
  StreamedArray,
  StreamedArrays,
} from './named-array.ts';
export { parse, type SafetensorsFile } from './parse.ts';
export { SafetensorsError, type SafetensorsErrorCode, type SafetensorsErrorDetails } from './safetensors-error.ts';
export { serialize } from './serialize.ts';
export { serializeStream } from './serialize-stream.ts';
