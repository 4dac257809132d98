export type { FromNeuralforecastOptions, ImportedLoss } from '@nt/layers/neuralforecast';
export { fromNeuralforecast, fromSavedModel, type NeuralforecastModel } from './from-neuralforecast.ts';
