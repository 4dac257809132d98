/**
 * @typedef {{ passed: number, failed: number, reasons: string[] }} Tally
 * @typedef {{ status: string, fullName: string }} Assertion
 * @typedef {{ name: string, status: string, message?: string, assertionResults: Assertion[] }} ReportedFile
 * @typedef {{ testResults: ReportedFile[] }} Report vitest's JSON report, the part that is read here
 *
 * @typedef {object} VitestRun
 * @property {Report | undefined} report undefined when the process wrote none
 * @property {number | null} exitCode null when it was killed
 * @property {string[]} testFiles absolute paths of the test files on disk
 * @property {string[]} leftOut lines that the package's tests gave as reasons for leaving themselves out
 * @property {boolean} requireAll nothing may be left out
 */

/**
 * What a run of vitest counts for. A test passes only when the report says so; everything that could hide a test
 * (a crash, a file that did not load or was not run, a skip without a stated reason) counts as failed.
 *
 * @param {VitestRun} run
 * @returns {Tally}
 */
export function tallyReport({ report, exitCode, testFiles, leftOut, requireAll }) {
  if (!report) return { passed: 0, failed: 1, reasons: [`vitest ended with ${exitCode ?? 'a signal'} and no report`] };

  const assertions = report.testResults.flatMap((file) => file.assertionResults);
  const passed = assertions.filter(({ status }) => status === 'passed').length;
  const mayLeaveOut = leftOut.length > 0 && !requireAll;
  const reasons = [
    ...assertions.filter(({ status }) => status === 'failed').map(({ fullName }) => `failed: ${fullName}`),
    ...report.testResults
      .filter(brokenAsAWhole)
      .map(({ name, message }) => `not loaded: ${name} ${firstLine(message)}`),
    ...(mayLeaveOut ? [] : leftOutInSilence(report, testFiles)),
  ];
  if (passed + reasons.length === 0 && !mayLeaveOut) reasons.push('there are test files, but no test was reported');
  if (exitCode !== 0 && reasons.length === 0)
    reasons.push(`vitest ended with ${exitCode ?? 'a signal'} after its tests`);
  return { passed, failed: reasons.length, reasons };
}

/** @param {ReportedFile} file */
function brokenAsAWhole(file) {
  return file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed');
}

/**
 * @param {Report} report
 * @param {string[]} testFiles
 */
function leftOutInSilence(report, testFiles) {
  const reported = new Set(report.testResults.map(({ name }) => name.replaceAll('\\', '/')));
  const neverRun = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ status, fullName }) => `${status} without a reason: ${fullName}`),
  );
  const unseen = testFiles.map((file) => file.replaceAll('\\', '/')).filter((file) => !reported.has(file));
  return [...neverRun, ...unseen.map((file) => `not in the report: ${file}`)];
}

/** @param {string | undefined} text */
function firstLine(text) {
  return text?.split('\n', 1)[0] ?? '';
}
