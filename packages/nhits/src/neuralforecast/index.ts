export type { FromNeuralforecastOptions, ImportedLoss } from '@nt/layers/neuralforecast';
export { fromNeuralforecast, type NeuralforecastModel } from './from-neuralforecast.ts';
