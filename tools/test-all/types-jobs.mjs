import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { limitMinutes } from './limit-minutes.mjs';
import { runTool } from './run-tool.mjs';

/**
 * @typedef {import('./find-packages.mjs').WorkspacePackage} WorkspacePackage
 * @typedef {import('./make-jobs.mjs').Job} Job
 * @typedef {import('./make-jobs.mjs').Place} Place
 */

const script = fileURLToPath(new URL('check-types.mjs', import.meta.url));

/**
 * One job for all packages with the same compiler options. Each package counts as one test.
 *
 * @param {WorkspacePackage[]} packages
 * @param {Place} place
 * @returns {Job[]}
 */
export function typesJobs(packages, place) {
  /** @type {Map<string, WorkspacePackage[]>} */
  const groups = new Map();
  for (const each of packages) {
    const options = optionsOf(each.folder, place.root);
    groups.set(options, [...(groups.get(options) ?? []), each]);
  }
  return [...groups.values()].map((group, index) => () => checkTypes(group, `types-${index}`, place));
}

/**
 * All that tsconfig.json says, but for which files it is about.
 *
 * @param {string} folder
 * @param {string} root
 */
function optionsOf(folder, root) {
  /** @type {typeof import('typescript')} */
  const ts = createRequire(join(root, 'package.json'))('typescript');
  const file = join(folder, 'tsconfig.json');
  const { config = {} } = ts.readConfigFile(file, ts.sys.readFile);
  const { include: _, extends: base, ...options } = config;
  return JSON.stringify([base && resolve(folder, base), options]);
}

/**
 * @param {WorkspacePackage[]} group
 * @param {string} name
 * @param {Place} place
 * @returns {Promise<import('./make-jobs.mjs').Result[]>}
 */
async function checkTypes(group, name, { root, reports, print }) {
  mkdirSync(reports, { recursive: true });
  const report = join(reports, `${name}.json`);
  const args = [script, report, root, ...group.map(({ folder }) => folder)];
  const { exitCode, minutes } = await runTool({ label: 'types', args, folder: root, limitMinutes, print });
  /** @type {number[] | undefined} */
  const faults = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  const none = { kind: /** @type {const} */ ('types'), leftOut: [], reasons: [], passed: 0, failed: 0, minutes: 0 };
  const counted = group.map(({ name: owner }, index) => {
    if (faults?.[index] === 0) return { ...none, owner, passed: 1 };
    const why = faults ? `${faults[index]} errors` : `ended with ${exitCode ?? 'a signal'}`;
    return { ...none, owner, failed: 1, reasons: [`types: ${why}, see the lines above`] };
  });
  return [{ ...none, owner: 'workspace', minutes }, ...counted];
}
