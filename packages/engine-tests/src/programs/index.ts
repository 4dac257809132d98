export { createStockCpu } from './create-stock-cpu.ts';
export { type EnginePrograms, enginePrograms } from './engine-programs.ts';
export { type TrainingRun, trainNhits } from './train-nhits.ts';
export { type WaveBatch, waveBatches } from './wave-batches.ts';
