import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackages, withDependencies } from './pack-packages.mjs';
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
    const tarballs = packPackages(root, [...new Set(chosen.flatMap(({ packages }) => packages))], place);
    let failed = 0;
    for (const consumer of chosen) {
      const problem = await tryConsumer(root, consumer, tarballs, join(place, consumer.name));
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
 * @param {ReadonlyMap<string, string>} tarballs
 * @param {string} folder
 * @returns {Promise<string | undefined>} what is wrong
 */
async function tryConsumer(root, { packages, dependencies = {}, files, use }, tarballs, folder) {
  try {
    const ours = withDependencies(root, packages).map((name) => [name, `file:${tarballs.get(name)}`]);
    const project = makeProject(folder, { ...Object.fromEntries(ours), ...dependencies }, files);
    await use(project);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
