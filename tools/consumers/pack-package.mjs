import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hooks } from '../../.pnpmfile.mjs';
import { findPackages } from '../test-all/find-packages.mjs';
import { runCommand } from './run-command.mjs';

/**
 * Our packages among the dependencies of these, themselves included: what has to be installed from tarballs as long as
 * no registry has them.
 *
 * @param {string} root
 * @param {string[]} names
 * @returns {string[]}
 */
export function withDependencies(root, names) {
  const folders = new Map(findPackages(root).map(({ fullName, folder }) => [fullName, folder]));
  const found = new Set(names);
  for (const name of found) {
    const folder = folders.get(name);
    if (!folder) throw new Error(`expected a package of the workspace, found ${name}`);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const { dependencies = {} } = hooks.beforePacking(manifest); // what is packed inside a package needs no tarball
    for (const needed of Object.keys(dependencies)) if (folders.has(needed)) found.add(needed);
  }
  return [...found];
}

/**
 * Packs a package. Its `prepack` builds it, as it does for anyone who packs or publishes.
 *
 * @param {string} root
 * @param {string} name
 * @param {string} place where the tarball goes
 * @returns {string} the tarball
 */
export function packPackage(root, name, place) {
  const folder = findPackages(root).find(({ fullName }) => fullName === name)?.folder ?? '';
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const pnpm = ['--yes', packageManager]; // through npx, which finds it also when nobody put it on the path
  const destination = join(place, 'tarballs', name.replace('/', '-'));
  mkdirSync(destination, { recursive: true });
  runCommand('npx', [...pnpm, 'pack', '--pack-destination', destination], folder);
  const [tarball] = readdirSync(destination).filter((file) => file.endsWith('.tgz'));
  if (!tarball) throw new Error(`pnpm pack wrote no tarball of ${name}`);
  return join(destination, tarball);
}
