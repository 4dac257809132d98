import { register } from 'node:module';
import { createNodeGpuBackend } from '../../src/index.ts';
import { loadBuiltPackage } from '../load-built-package.ts';
import { thrownBy } from '../thrown-by.ts';

// Without a folder: a place where the peer is not installed, whatever this workspace has.
const hooks = `
  export const resolve = (specifier, context, next) =>
    next(specifier, specifier === '@tensorflow/tfjs-node-gpu' ? { ...context, parentURL: 'file:///nowhere/else.js' } : context);`;
const folder = process.argv[2];
if (!folder) register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const options = folder ? { load: () => loadBuiltPackage(folder) } : {};
console.log(JSON.stringify(await thrownBy(() => createNodeGpuBackend(options))));
