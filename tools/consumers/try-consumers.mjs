import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage, withDependencies } from './pack-package.mjs';
import { makeProject } from './project.mjs';

/** @typedef {import('./consumers.mjs').Consumer} Consumer */

/**
 * Builds and packs what the consumers need, then installs and uses it in one new folder each.
 *
 * @param {object} options
 * @param {string} options.root
 * @param {Consumer[]} options.consumers
 * @param {string[]} options.only names; none: all
 * @param {(line: string) => void} [options.print]
 * @returns {Promise<0 | 1>} exit code
 */
export async function tryConsumers({ root, consumers, only, print = console.log }) {
  const chosen = only.length ? consumers.filter(({ name }) => only.includes(name)) : consumers;
  if (chosen.length === 0 || chosen.length < only.length) {
    print(`expected names among ${consumers.map(({ name }) => name).join(', ')}; found ${only.join(', ')}`);
    return 1;
  }
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'nt-consumers-')));
  try {
    const pack = oncePerPackage(root, place);
    let failed = 0;
    for (const consumer of chosen) {
      const problem = await tryConsumer(root, consumer, pack, join(place, consumer.name));
      print(problem ? `failed  ${consumer.name}: ${problem}` : `works   ${consumer.name}`);
      if (problem) failed++;
    }
    print(`${chosen.length - failed} of ${chosen.length} consumers work`);
    return failed ? 1 : 0;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {Consumer} consumer
 * @param {(name: string) => string} pack gives the tarball of a package
 * @param {string} folder
 * @returns {Promise<string | undefined>} what is wrong
 */
async function tryConsumer(root, { packages, dependencies = {}, files, use }, pack, folder) {
  try {
    const ours = withDependencies(root, packages).map((name) => [name, `file:${pack(name)}`]);
    const project = makeProject(folder, { ...Object.fromEntries(ours), ...dependencies }, files);
    await use(project);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * @param {string} root
 * @param {string} place
 */
function oncePerPackage(root, place) {
  /** @type {Map<string, string>} */
  const tarballs = new Map();
  return (/** @type {string} */ name) => {
    const tarball = tarballs.get(name) ?? packPackage(root, name, place);
    tarballs.set(name, tarball);
    return tarball;
  };
}
