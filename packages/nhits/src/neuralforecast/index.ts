export { type FromNeuralforecastOptions, fromNeuralforecast, type NeuralforecastModel } from './from-neuralforecast.ts';
export type { ImportedLoss } from './loss-choice.ts';
