import { expect, it } from 'vitest';
import { nativeTarget, type RunningSystem } from './native-target.ts';

function system(platform: string, arch: string, glibcVersionRuntime?: string): RunningSystem {
  const header = glibcVersionRuntime === undefined ? {} : { glibcVersionRuntime };
  return { platform, arch, report: { excludeNetwork: false, getReport: () => ({ header }) } };
}

it.each([
  [system('linux', 'x64', '2.36'), 'linux-x64'],
  [system('linux', 'x64'), 'linux-x64-musl'],
  [system('linux', 'arm64', '2.17'), 'linux-arm64'],
  [system('darwin', 'arm64'), 'darwin-arm64'],
  [system('win32', 'x64'), 'win32-x64'],
  [system('linux', 'arm64'), undefined],
  [system('linux', 'ia32', '2.36'), undefined],
  [system('freebsd', 'x64'), undefined],
])('%o needs %s', (running, target) => {
  expect(nativeTarget(running)).toBe(target);
});

it('leaves the setting of Node’s report as it was', () => {
  const running = system('linux', 'x64', '2.36');
  nativeTarget(running);
  expect(running.report?.excludeNetwork).toBe(false);
});
