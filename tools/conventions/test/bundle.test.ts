import { describe, expect, it } from 'vitest';
import { bundleCeilings } from '../src/bundle-ceilings.ts';
import { checkBundle } from '../src/check-bundle.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, optim, repository } from './fixture.ts';

describe('the bundle', () => {
  it.each(bundleCeilings)('is below its ceiling in this repository: $what', async (ceiling) => {
    expect(await checkBundle(readWorkspace(repository), ceiling)).toEqual([]);
  });

  const ceiling = { what: 'two', code: "export * from '@nt/optim';", story: [{ bytes: 100, why: 'small' }] } as const;

  it('fails above its ceiling, and counts the last one of the story', async () => {
    const noise = Array.from({ length: 200 }, (_, index) => Math.sin(index)).join();
    const workspace = makeWorkspace({ ...optim, 'packages/tensor/src/index.ts': `export const one = [${noise}];` });
    expect(await checkBundle(workspace, ceiling)).toEqual([expect.stringMatching(/^two: \d{4} bytes, at most 100/)]);
    const raised = { ...ceiling, story: [...ceiling.story, { bytes: 9000, why: 'noise' }] } as const;
    expect(await checkBundle(workspace, raised)).toEqual([]);
  });

  it('fails with a word that must not appear', async () => {
    const workspace = makeWorkspace({ ...optim, 'packages/tensor/src/index.ts': "export const one = 'tfjs';" });
    const strict = { ...ceiling, mustNotContain: ['tfjs'] };
    expect(await checkBundle(workspace, strict)).toEqual(['two: contains "tfjs"']);
  });

  it('leaves out what the page does not use and what it has anyway', async () => {
    const workspace = makeWorkspace({
      ...optim,
      'packages/tensor/src/index.ts': "export const one = 1;\nexport const tfjs = 'tfjs';",
    });
    expect(await checkBundle(workspace, { ...ceiling, mustNotContain: ['tfjs'] })).toEqual([]);
    const withPeer = { ...ceiling, code: "export * from '@nt/optim/tfjs';", external: ['@tensorflow/tfjs-core'] };
    expect(await checkBundle(workspace, withPeer)).toEqual([]);
  });
});
