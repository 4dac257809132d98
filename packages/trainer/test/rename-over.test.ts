import { describe, expect, it } from 'vitest';
import { renameOver } from '../src/node/index.ts';

/** A system that refuses the first attempts with these codes. */
function hostOf(platform: string, refusals: readonly string[]) {
  const calls: string[] = [];
  const rename = async (from: string, to: string): Promise<void> => {
    const code = refusals[calls.length];
    calls.push(`${from} ${to}`);
    if (code) throw Object.assign(new Error(code), { code });
  };
  return { platform, rename, calls };
}

describe('renaming over a file that somebody reads', () => {
  it.each(['EPERM', 'EACCES', 'EBUSY'])('is tried again on Windows: %s', async (code) => {
    const host = hostOf('win32', [code, code]);
    await renameOver('a', 'b', host);
    expect(host.calls).toEqual(['a b', 'a b', 'a b']);
  });

  it('gives up with the system’s error', async () => {
    const host = hostOf('win32', new Array<string>(99).fill('EPERM'));
    await expect(renameOver('a', 'b', host)).rejects.toMatchObject({ code: 'EPERM' });
    expect(host.calls).toHaveLength(6);
  });

  it.each([
    ['linux', 'EPERM'],
    ['darwin', 'EACCES'],
    ['win32', 'ENOENT'],
    ['win32', 'ENOSPC'],
  ])('is not tried again where waiting does not help: %s, %s', async (platform, code) => {
    const host = hostOf(platform, [code]);
    await expect(renameOver('a', 'b', host)).rejects.toMatchObject({ code });
    expect(host.calls).toHaveLength(1);
  });
});
