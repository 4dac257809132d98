import { describe, expect, it } from 'vitest';
import { findPackages } from '../../test-all/find-packages.mjs';
import { longest, longestFirst } from '../../test-all/longest-first.mjs';
import { runInParallel } from '../../test-all/run-in-parallel.mjs';
import { summarize } from '../../test-all/summarize.mjs';
import { tallyReport } from '../../test-all/tally-report.mjs';
import { repository } from './fixture.ts';

const file = (statuses: readonly string[], status = 'passed', name = '/p/a.test.ts') => ({
  name,
  status,
  message: 'Error: cannot load\n  at x',
  assertionResults: statuses.map((each, index) => ({ status: each, fullName: `test ${index}` })),
});
const run = {
  report: { testResults: [file(['passed', 'passed'])] },
  exitCode: 0,
  testFiles: ['/p/a.test.ts'],
  leftOut: [],
  requireAll: false,
};

describe('the tally of one run of vitest', () => {
  it('is green when every test passed', () => {
    expect(tallyReport(run)).toEqual({ passed: 2, failed: 0, reasons: [] });
  });

  it('counts what failed', () => {
    const report = { testResults: [file(['passed', 'failed', 'failed'], 'failed')] };
    expect(tallyReport({ ...run, report, exitCode: 1 })).toEqual({
      passed: 1,
      failed: 2,
      reasons: ['failed: test 1', 'failed: test 2'],
    });
  });

  it.each([1, null])('is one failure when vitest crashed with %s and wrote no report', (exitCode) => {
    expect(tallyReport({ ...run, report: undefined, exitCode })).toMatchObject({ passed: 0, failed: 1 });
  });

  it('counts a file that did not load', () => {
    const report = { testResults: [file(['passed']), file([], 'failed', '/p/b.test.ts')] };
    const tally = tallyReport({ ...run, report, exitCode: 1 });
    expect(tally).toEqual({ passed: 1, failed: 1, reasons: ['not loaded: /p/b.test.ts Error: cannot load'] });
  });

  it('counts an error outside the tests, which only the exit code shows', () => {
    expect(tallyReport({ ...run, exitCode: 1 })).toMatchObject({ passed: 2, failed: 1 });
  });

  it('counts an empty run', () => {
    expect(tallyReport({ ...run, report: { testResults: [] }, testFiles: [] })).toMatchObject({ passed: 0, failed: 1 });
  });

  it('counts a test file that vitest did not look at', () => {
    const tally = tallyReport({ ...run, testFiles: ['/p/a.test.ts', '/p/b.test.ts'] });
    expect(tally.reasons).toEqual(['not in the report: /p/b.test.ts']);
  });

  it.each(['skipped', 'pending', 'todo', 'disabled'])(
    'counts a %s test as failed, unless it gave a reason',
    (status) => {
      const report = { testResults: [file(['passed', status])] };
      expect(tallyReport({ ...run, report })).toMatchObject({ passed: 1, failed: 1 });
      const leftOut = ['chromium — not installed'];
      expect(tallyReport({ ...run, report, leftOut })).toMatchObject({ passed: 1, failed: 0 });
      expect(tallyReport({ ...run, report, leftOut, requireAll: true })).toMatchObject({ passed: 1, failed: 1 });
    },
  );
});

describe('the summary', () => {
  type Result = Parameters<typeof summarize>[0][number];
  const result: Result = { owner: 'a', kind: 'tests', passed: 3, failed: 0, reasons: [], leftOut: [], minutes: 0.5 };
  const make = (fields: Partial<Result>): Result => ({ ...result, ...fields });

  it('ends with the sum over all results, once', () => {
    const { lines, exitCode } = summarize([make({}), make({ owner: 'b', passed: 4 })]);
    expect(lines.at(-1)).toBe('7 passed, 0 failed');
    expect(lines.filter((line) => /^\d+ passed, \d+ failed$/.test(line))).toHaveLength(1);
    expect(exitCode).toBe(0);
  });

  it('is red when anything failed, and says what', () => {
    const { lines, exitCode } = summarize([
      make({}),
      make({ owner: 'b', failed: 1, reasons: ['types: ended with 2'] }),
    ]);
    expect(lines).toContain('FAILED b: types: ended with 2');
    expect(lines.at(-1)).toBe('6 passed, 1 failed');
    expect(exitCode).toBe(1);
  });

  it('is red when nothing ran', () => {
    expect(summarize([])).toMatchObject({ exitCode: 1 });
    expect(summarize([]).lines.at(-1)).toBe('0 passed, 1 failed');
  });

  it('gives minutes per package and what was left out', () => {
    const types = make({ kind: 'types', passed: 1, minutes: 0 });
    const all = [
      make({ owner: 'workspace', kind: 'lint', passed: 1 }),
      make({ ...types, owner: 'workspace', minutes: 0.25 }),
    ];
    const { lines } = summarize([...all, types, make({ leftOut: ['chromium — not installed'] })]);
    expect(lines).toContain('  workspace            0.75  (lint 0.50 + types 0.25)  2 of 2 passed');
    expect(lines).toContain('  a                    0.50  4 of 4 passed');
    expect(summarize([make({ minutes: 3.5 })]).lines.join()).toContain('over its budget of 3');
    expect(lines.join('\n')).toContain('Left out (1):\n  chromium — not installed');
  });
});

describe('jobs in parallel', () => {
  it('are never more than the width, and give results in their order', async () => {
    const running = { now: 0, most: 0 };
    const jobs = [5, 1, 3, 2].map((delay) => async () => {
      running.most = Math.max(running.most, ++running.now);
      await new Promise((resolve) => setTimeout(resolve, delay));
      running.now--;
      return delay;
    });
    expect(await runInParallel(jobs, 2)).toEqual([5, 1, 3, 2]);
    expect(running.most).toBe(2);
  });
});

describe('the longest packages', () => {
  it('begin first, and the others keep their order', () => {
    const packages = ['b', 'data', 'a', 'cli', 'c'].map((name) => ({ name }));
    expect(longestFirst(packages).map(({ name }) => name)).toEqual(['cli', 'data', 'b', 'a', 'c']);
  });

  it('are packages', () => {
    expect(findPackages(repository).map(({ name }) => name)).toEqual(expect.arrayContaining(longest));
  });
});
