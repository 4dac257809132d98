export { writeSafely } from '@nt/trainer/node';
export { loadModelFolder, saveEvaluation, saveModelFolder, writeModelFolder } from './model-folder.ts';
