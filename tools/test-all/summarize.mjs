/** @typedef {import('./make-jobs.mjs').Result} Result */

/** Minutes on two cores. More is said aloud, not failed: how long a test takes is also the machine's doing. */
const budget = { package: 3, engineOrApp: 8 };
const enginesAndApps = /^(?:backend-|cli$|playground$)/;

/**
 * The end of the run: minutes per package, what was left out, what failed, and one counted line.
 *
 * @param {Result[]} results
 * @returns {{ lines: string[], exitCode: 0 | 1 }}
 */
export function summarize(results) {
  const nothingRan = results.length === 0 ? ['nothing was found to run'] : [];
  const passed = sum(results.map((result) => result.passed));
  const failed = sum(results.map((result) => result.failed)) + nothingRan.length;
  const leftOut = results.flatMap((result) => result.leftOut);
  const failures = results.flatMap(({ owner, reasons }) => reasons.map((reason) => `${owner}: ${reason}`));
  const lines = [
    'Minutes:',
    ...minutesPerOwner(results),
    `Left out (${leftOut.length})${leftOut.length ? ':' : ''}`,
    ...leftOut.map((line) => `  ${line}`),
    ...[...failures, ...nothingRan].map((line) => `FAILED ${line}`),
    `${passed} passed, ${failed} failed`,
  ];
  return { lines, exitCode: failed > 0 ? 1 : 0 };
}

/** @param {Result[]} results */
function minutesPerOwner(results) {
  const owners = [...new Set(results.map(({ owner }) => owner))];
  return owners.map((owner) => {
    const own = results.filter((result) => result.owner === owner);
    const minutes = (/** @type {Result['kind'][]} */ ...kinds) =>
      sum(own.filter(({ kind }) => kinds.includes(kind)).map((result) => result.minutes)).toFixed(2);
    const parts = owner === 'workspace' ? `  (lint ${minutes('lint')} + types ${minutes('types')})` : '';
    const counts = `${sum(own.map(({ passed }) => passed))} of ${sum(own.map((r) => r.passed + r.failed))} passed`;
    const all = minutes('lint', 'types', 'tests');
    const limit = enginesAndApps.test(owner) ? budget.engineOrApp : budget.package;
    const over = Number(all) > limit ? `  over its budget of ${limit}` : '';
    return `  ${owner.padEnd(18)} ${all.padStart(6)}${parts}  ${counts}${over}`;
  });
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
