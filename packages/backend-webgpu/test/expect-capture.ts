import { expect } from 'vitest';
import { captureCases } from './capture-cases.ts';
import { type CaptureObserved, calls } from './observe-capture.ts';

/** Calls that run the function before it is repeated. */
export const callsBefore = 4;

/** In Node and in a page alike. */
export function expectCapture(found: Readonly<Record<string, CaptureObserved>>): void {
  expect(Object.keys(found)).toEqual(Object.keys(captureCases));
  for (const [name, { captured, eager, report, left }] of Object.entries(found)) {
    const { reason } = captureCases[name]!;
    expect(captured.length, name).toBeGreaterThanOrEqual(calls);
    expect(captured, name).toEqual(eager);
    expect(report, name).toMatchObject({ replays: reason === undefined ? calls - callsBefore : 0 });
    expect(report.reason ?? '', name).toMatch(reason ?? /^$/);
    expect(left, name).toEqual([0, 0, 0]);
  }
}
