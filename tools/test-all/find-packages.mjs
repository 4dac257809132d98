import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * @typedef {object} WorkspacePackage
 * @property {string} name short name, which is the folder's
 * @property {string} fullName the name in package.json
 * @property {string} folder absolute path
 * @property {boolean} isPrivate whether package.json keeps it from being published
 * @property {boolean} hasTypes whether there is a tsconfig.json
 * @property {string[]} testFiles absolute paths
 */

/**
 * The packages that pnpm-workspace.yaml lists, as pnpm sees them: folders with a package.json.
 *
 * @param {string} root
 * @returns {WorkspacePackage[]}
 */
export function findPackages(root) {
  return workspacePatterns(root)
    .flatMap((pattern) => expand(root, pattern))
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return {
        name: basename(folder),
        fullName: manifest.name,
        isPrivate: manifest.private === true,
        folder,
        hasTypes: existsSync(join(folder, 'tsconfig.json')),
        testFiles: findTestFiles(folder),
      };
    });
}

/**
 * The list under `packages:`. Read by hand: four lines of a file of our own are not worth a YAML library, and
 * the fixtures of the tests have none installed.
 *
 * @param {string} root
 */
function workspacePatterns(root) {
  const lines = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').split(/\r?\n/);
  const start = lines.indexOf('packages:') + 1;
  const length = lines.slice(start).findIndex((line) => !/^\s+- /.test(line));
  const list = lines.slice(start, length < 0 ? undefined : start + length);
  return list.map((line) =>
    line
      .replace(/^\s+- /, '')
      .replaceAll(/['"]/g, '')
      .trim(),
  );
}

/**
 * @param {string} root
 * @param {string} pattern a folder, or `folder/*`
 */
function expand(root, pattern) {
  if (!pattern.endsWith('/*')) return [join(root, pattern)];
  const parent = join(root, pattern.slice(0, -2));
  if (!existsSync(parent)) return [];
  const folders = readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => join(parent, name)).sort();
}

/** @param {string} folder */
function findTestFiles(folder) {
  return ['src', 'test'].flatMap((part) => {
    const path = join(folder, part);
    if (!existsSync(path)) return [];
    const names = /** @type {string[]} */ (readdirSync(path, { recursive: true }));
    return names.filter((name) => /\.test\.tsx?$/.test(name)).map((name) => join(path, name));
  });
}
