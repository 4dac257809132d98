import { cli } from './cli.mjs';
import { commonjs } from './commonjs.mjs';
import { nodeEsm } from './node-esm.mjs';
import { oldestTypescript } from './oldest-typescript.mjs';
import { otherRuntimes } from './other-runtimes.mjs';
import { tfjsLayers } from './tfjs-layers.mjs';
import { vitePage } from './vite-page.mjs';

/**
 * A project outside the workspace that installs our packed packages as a user would.
 *
 * @typedef {object} Consumer
 * @property {string} name
 * @property {string[]} packages ours that it installs, with those that they need
 * @property {Record<string, string>} [dependencies] what else it installs, exact versions
 * @property {Record<string, string>} files its own files
 * @property {(project: import('./project.mjs').Project) => void | Promise<void>} use throws when something is wrong
 */

/** @type {Consumer[]} */
export const consumers = [nodeEsm, commonjs, oldestTypescript, otherRuntimes, vitePage, tfjsLayers, cli];
