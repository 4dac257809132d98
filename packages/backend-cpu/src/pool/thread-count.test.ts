import { expect, it } from 'vitest';
import { cgroupLimit, threadCount } from './thread-count.ts';

const files = (texts: Record<string, string>) => (path: string) => {
  const text = texts[path];
  if (text === undefined) throw new Error('ENOENT');
  return text;
};

it('a container’s quota limits the processors, in both versions of cgroups', () => {
  expect(cgroupLimit(files({ '/sys/fs/cgroup/cpu.max': '150000 100000\n' }))).toBe(2);
  expect(cgroupLimit(files({ '/sys/fs/cgroup/cpu.max': 'max 100000\n' }))).toBe(Number.POSITIVE_INFINITY);
  const first = { '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '400000', '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000' };
  expect(cgroupLimit(files(first))).toBe(4);
  expect(cgroupLimit(files({ ...first, '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1' }))).toBe(Number.POSITIVE_INFINITY);
  expect(cgroupLimit(files({}))).toBe(Number.POSITIVE_INFINITY);
});

it('the option wins over NT_THREADS, and NT_THREADS over the machine', () => {
  expect(threadCount(3, { NT_THREADS: '2' })).toBe(3);
  expect(threadCount(undefined, { NT_THREADS: '2' })).toBe(2);
  expect(threadCount(undefined, {})).toBeGreaterThanOrEqual(1);
});

it('a count that is not an integer from 1 to 64 is an error that says where it came from', () => {
  expect(() => threadCount(0, {})).toThrow(/threads: expected an integer from 1 to 64, got 0/);
  expect(() => threadCount(1.5, {})).toThrow(/got 1.5/);
  expect(() => threadCount(undefined, { NT_THREADS: 'many' })).toThrow(/NT_THREADS: expected an integer/);
});
