import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand, tryCommand } from './run-command.mjs';

/**
 * @typedef {object} Project
 * @property {string} folder
 * @property {(command: string, ...args: string[]) => string} run what it printed; throws when it failed
 * @property {(command: string, ...args: string[]) => { status: number | null, output: string }} attempt
 * @property {(name: string) => string} bin a command that a dependency brought
 */

/**
 * A new folder with its files, and its dependencies installed by npm.
 *
 * @param {string} folder
 * @param {Record<string, string>} dependencies
 * @param {Record<string, string>} files
 * @returns {Project}
 */
export function makeProject(folder, dependencies, files) {
  const manifest = { name: 'consumer', private: true, type: 'module', dependencies };
  const all = { 'package.json': JSON.stringify(manifest, undefined, 2), ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  runCommand('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], folder);
  return {
    folder,
    run: (command, ...args) => runCommand(command, args, folder),
    attempt: (command, ...args) => {
      const { status, stdout, stderr } = tryCommand(command, args, folder);
      return { status, output: `${stdout}${stderr}` };
    },
    bin: (name) => join(folder, 'node_modules', '.bin', name),
  };
}
