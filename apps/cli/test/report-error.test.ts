import { expect, it, onTestFinished, vi } from 'vitest';
import { reportError } from '../src/report-error.ts';

function told(error: unknown): string {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => write.mockRestore());
  expect(reportError(error, false)).toBe(1);
  return write.mock.calls.map(([text]) => text).join('');
}

it('memory that cannot be had is told with the flags that need less of it', () => {
  let refused: unknown;
  try {
    new Float64Array(2 ** 52);
  } catch (error) {
    refused = error;
  }
  expect(told(refused)).toMatch(/error:.* there is not enough memory for this \(.*--hidden-size.*--batch-size.*\n$/);
});

it('what nobody expected asks to be reported', () => {
  expect(told(new RangeError('out of range'))).toMatch(/not an error that nt expected/);
});
