import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPackages } from './find-packages.mjs';
import { longestFirst } from './longest-first.mjs';
import { lintJob, testsJob } from './make-jobs.mjs';
import { runInParallel } from './run-in-parallel.mjs';
import { summarize } from './summarize.mjs';
import { typesJobs } from './types-jobs.mjs';

/**
 * For two cores: tests wait for browsers, servers and processes for a third of their time, in which another package has the
 * core.
 */
const usualWidth = 3;

/**
 * Runs lint, the types of every package and every package's tests, and prints one counted line last.
 *
 * @param {object} options
 * @param {string} options.root the workspace
 * @param {string[]} [options.only] names of packages, short or full; default: everything
 * @param {(line: string) => void} [options.print]
 * @returns {Promise<0 | 1>} exit code
 */
export async function testAll({ root, only = [], print = (line) => console.log(line) }) {
  const packages = findPackages(root);
  const chosen = packages.filter(({ name, fullName }) => only.includes(name) || only.includes(fullName));
  if (only.length > chosen.length) {
    const known = packages.map(({ name }) => name).join(', ');
    print(`--package ${only.join(', ')}: expected names among ${known}`);
    return 1;
  }

  const reports = mkdtempSync(join(tmpdir(), 'nt-test-all-'));
  try {
    const place = { root, reports, print };
    const running = only.length ? chosen : packages;
    const results = await runInParallel(
      [
        ...(only.length || packages.length === 0 ? [] : [lintJob(place)]),
        ...typesJobs(
          running.filter(({ hasTypes }) => hasTypes),
          place,
        ),
        ...longestFirst(running.filter(({ testFiles }) => testFiles.length > 0)).map((each) => testsJob(each, place)),
      ],
      Number(process.env['NT_TEST_PARALLEL'] ?? usualWidth),
    );
    const { lines, exitCode } = summarize(results.flat());
    for (const line of lines) print(line);
    return exitCode;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}
