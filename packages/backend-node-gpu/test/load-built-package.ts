import { pathToFileURL } from 'node:url';
import { builtPackage } from './needs.ts';

/** Loads the package of `tools/build-addon.mjs`, or another folder that is made like it. */
export const loadBuiltPackage = (folder: string = builtPackage): Promise<unknown> =>
  import(pathToFileURL(`${folder}/dist/index.js`).href);
