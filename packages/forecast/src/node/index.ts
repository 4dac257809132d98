export { loadModelFolder, saveModelFolder, writeSafely } from './model-folder.ts';
