import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { limitMinutes } from './limit-minutes.mjs';
import { runTool } from './run-tool.mjs';
import { tallyReport } from './tally-report.mjs';

/**
 * @typedef {import('./find-packages.mjs').WorkspacePackage} WorkspacePackage
 * @typedef {{ owner: string, kind: 'lint' | 'types' | 'tests', passed: number, failed: number, reasons: string[],
 *   leftOut: string[], minutes: number }} Result
 * @typedef {() => Promise<Result[]>} Job
 * @typedef {{ root: string, reports: string, print: (line: string) => void }} Place
 */

/**
 * Counts as one test.
 *
 * @param {Place} place
 * @returns {Job}
 */
export function lintJob({ root, print }) {
  const args = [tool('@biomejs/biome/bin/biome', root), 'ci', '--colors=off', '--error-on-warnings', '.'];
  return async () => {
    const { exitCode, minutes } = await runTool({ label: 'lint', args, folder: root, limitMinutes, print });
    const reasons = exitCode === 0 ? [] : [`lint: ended with ${exitCode ?? 'a signal'}, see its lines above`];
    const [passed, failed] = [1 - reasons.length, reasons.length];
    return [{ owner: 'workspace', kind: 'lint', passed, failed, reasons, leftOut: [], minutes }];
  };
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
    return [{ owner: name, kind: 'tests', ...tally, leftOut, minutes }];
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
