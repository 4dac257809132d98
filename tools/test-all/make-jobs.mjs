import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runTool } from './run-tool.mjs';
import { tallyReport } from './tally-report.mjs';

/**
 * @typedef {import('./find-packages.mjs').WorkspacePackage} WorkspacePackage
 * @typedef {{ owner: string, kind: 'lint' | 'types' | 'tests', passed: number, failed: number, reasons: string[],
 *   leftOut: string[], minutes: number }} Result
 * @typedef {() => Promise<Result>} Job
 * @typedef {{ root: string, reports: string, print: (line: string) => void }} Place
 */

const limitMinutes = Number(process.env['NT_TEST_LIMIT_MINUTES'] ?? 20);

/**
 * @param {Place} place
 * @returns {Job}
 */
export function lintJob({ root, print }) {
  const args = [tool('@biomejs/biome/bin/biome', root), 'ci', '--colors=off', '--error-on-warnings', '.'];
  return () => checkJob({ owner: 'workspace', kind: 'lint', folder: root, args, print });
}

/**
 * @param {WorkspacePackage} workspacePackage
 * @param {Place} place
 * @returns {Job}
 */
export function typesJob({ name, folder }, { root, print }) {
  const args = [tool('typescript/bin/tsc', root), '-p', 'tsconfig.json', '--pretty', 'false'];
  return () => checkJob({ owner: name, kind: 'types', folder, args, print });
}

/**
 * A check that counts as one test.
 *
 * @param {{ owner: string, kind: 'lint' | 'types', folder: string, args: string[], print: Place['print'] }} check
 * @returns {Promise<Result>}
 */
async function checkJob({ owner, kind, folder, args, print }) {
  const { exitCode, minutes } = await runTool({ label: `${owner} ${kind}`, args, folder, limitMinutes, print });
  const reasons = exitCode === 0 ? [] : [`${kind}: ended with ${exitCode ?? 'a signal'}, see its lines above`];
  return { owner, kind, passed: 1 - reasons.length, failed: reasons.length, reasons, leftOut: [], minutes };
}

/**
 * @param {WorkspacePackage} workspacePackage
 * @param {Place} place
 * @returns {Job}
 */
export function testsJob({ name, folder, testFiles }, { root, reports, print }) {
  return async () => {
    mkdirSync(reports, { recursive: true });
    const reportFile = join(reports, `${name}.json`);
    const leftOutFile = join(reports, `${name}.left-out.txt`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const args = [tool('vitest/vitest.mjs', root), 'run', '--allowOnly=false', ...reporters];
    const env = { NT_LEFT_OUT: leftOutFile };
    const { exitCode, minutes } = await runTool({ label: name, args, folder, env, limitMinutes, print });
    const leftOut = readLines(leftOutFile);
    const requireAll = process.env['NT_REQUIRE_ALL'] === '1';
    const tally = tallyReport({ report: readReport(reportFile), exitCode, testFiles, leftOut, requireAll });
    return { owner: name, kind: 'tests', ...tally, leftOut, minutes };
  };
}

/**
 * @param {string} path inside node_modules
 * @param {string} root
 */
function tool(path, root) {
  return resolve(root, 'node_modules', path);
}

/** @param {string} path */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // no report, or one cut short: the same as a crash
  }
}

/** @param {string} path */
function readLines(path) {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split(/\r?\n/).filter(Boolean);
  return [...new Set(lines)];
}
