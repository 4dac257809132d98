export { type FromNeuralforecastFilesOptions, fromNeuralforecastFiles } from './from-neuralforecast-files.ts';
