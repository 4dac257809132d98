export { writeSafely } from '@nt/trainer/node';
export { loadModelFolder, saveModelFolder } from './model-folder.ts';
