import { register } from 'node:module';

/** From now on: a place where the peer is not installed, whatever this workspace has. */
export function hidePeer(): void {
  const hooks = `
    export const resolve = (specifier, context, next) =>
      next(specifier, specifier === '@tensorflow/tfjs-node-gpu' ? { ...context, parentURL: 'file:///nowhere/else.js' } : context);`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}
