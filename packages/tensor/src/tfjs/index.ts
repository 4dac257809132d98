export type { CaptureArena, CaptureEngine, EngineRecording } from './capture/capture-engine.ts';
export { FunctionRecorder } from './capture/function-recorder.ts';
export { KeptRecordings } from './capture/kept-recordings.ts';
export { RecordedSite } from './capture/recorded-site.ts';
export { resultTensors, runKept } from './capture/result-tensors.ts';
export { createTfjsBackend, type TfjsBackendOptions } from './create-tfjs-backend.ts';
export { registerGradients } from './register-gradients.ts';
export { tfjsOps } from './tfjs-ops.ts';
export { tfjsTensorOps } from './tfjs-tensor-ops.ts';
