export { type ImportedModel, importedModel } from './imported-model.ts';
export type { ImportedLoss, LossChoice } from './loss-choice.ts';
export { type FromNeuralforecastOptions, readSavedModel, type SavedModel } from './read-saved-model.ts';
export { cannotRead } from './refuse.ts';
export { rowsInOrder } from './rows-in-order.ts';
export { savedActivation } from './saved-activation.ts';
export { savedScaler } from './saved-scaler.ts';
export { ownValue, savedList, savedNames, savedText } from './saved-values.ts';
export { linearShapes, scalerArrays, takeArray } from './take-array.ts';
