import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uniformValues } from '@nt/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listCheckpoints, readCheckpoint } from '../src/index.ts';
import { nodeStorage } from '../src/storage/node/index.ts';
import { bundleChild, type ChildEnd, runChild } from './kill/bundled-child.ts';
import type { KillPlan } from './kill/child.ts';
import { needsSignals } from './needs.ts';

const kills = process.env['NT_LONG'] ? 500 : 24;

let home: string;
let script: string;
let expected: unknown;

/** All that a run leaves: files of the newest checkpoint but the manifest's wall-clock fields, and the log. */
async function leftBy(folder: string): Promise<unknown> {
  const storage = nodeStorage(join(folder, 'checkpoints'));
  const { manifest } = await readCheckpoint(storage, 'last');
  const { savedAt, elapsedMilliseconds, bestCheckpoint, previousCheckpoint, ...exact } = manifest;
  return { exact, log: await readFile(join(folder, 'log.jsonl'), 'utf8') };
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'nt-kill-'));
  script = await bundleChild(home);
  const folder = join(home, 'whole');
  const end = await runChild(script, { folder, plan: null });
  expect(end).toMatchObject({ exitCode: 0, output: expect.stringContaining('done completed 15') });
  expected = await leftBy(folder);
});
afterAll(() => rm(home, { recursive: true }));

/** The next way to die, drawn by a seed: in an update, at any call to the file system, or by the parent's clock. */
function draw(index: number): { readonly plan: KillPlan; readonly delay: number | null } {
  const [kind = 0, where = 0, half = 0] = uniformValues(3, { seed: 20_261, counter: index });
  if (kind < 0.25) return { plan: { kind: 'update', at: 1 + Math.floor(where * 14) }, delay: null };
  if (kind < 0.85) return { plan: { kind: 'call', at: 1 + Math.floor(where * 60), half: half < 0.5 }, delay: null };
  return { plan: null, delay: where * 400 };
}

function killAfter(delay: number | null): Parameters<typeof runChild>[2] {
  let isSet = false;
  return {
    onOutput(child) {
      if (delay === null || isSet) return;
      isSet = true;
      setTimeout(() => child.kill('SIGKILL'), delay);
    },
  };
}

describe.skipIf(!needsSignals())('a process that is stopped', { timeout: 120_000 }, () => {
  it(`${kills} kills, also in the middle of checkpoint writing: all bits as if never killed`, {
    timeout: 600_000,
  }, async () => {
    let killed = 0;
    let drawn = 0;
    const kinds = new Set<string>();
    for (let run = 0; killed < kills; run++) {
      const folder = join(home, `run-${run}`);
      let end: ChildEnd;
      do {
        const { plan, delay } = draw(drawn++);
        end = await runChild(script, { folder, plan }, killAfter(delay));
        if (end.signal !== 'SIGKILL') continue;
        killed += 1;
        kinds.add(plan?.kind ?? 'time');
        const broken = (await listCheckpoints(nodeStorage(join(folder, 'checkpoints')))).filter(
          ({ problem }) => problem,
        );
        expect(broken).toEqual([]);
      } while (end.signal === 'SIGKILL');
      expect(end, end.errors).toMatchObject({ exitCode: 0 });
      expect(await leftBy(folder), `run ${run}`).toEqual(expected);
      expect((await readdir(join(folder, 'checkpoints'))).filter((name) => name.startsWith('.'))).toEqual([]);
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['update', 'call']));
  });

  it('a first SIGINT ends the run after its update with a checkpoint, and it resumes exactly', async () => {
    const folder = join(home, 'interrupted');
    let isSent = false;
    const end = await runChild(
      script,
      { folder, plan: null, slow: true },
      {
        onOutput(child, output) {
          if (!isSent && output.includes('update 4')) isSent = child.kill('SIGINT');
        },
      },
    );
    expect(end).toMatchObject({ exitCode: 0, signal: null, output: expect.stringMatching(/done aborted \d+/) });
    const stoppedAt = Number(/done aborted (\d+)/.exec(end.output)![1]);
    expect((await readCheckpoint(nodeStorage(join(folder, 'checkpoints')), 'last')).manifest.update).toBe(stoppedAt);
    await runChild(script, { folder, plan: null });
    expect(await leftBy(folder)).toEqual(expected);
  });

  it('a second SIGINT ends the process at once, and the checkpoint before is whole', async () => {
    const folder = join(home, 'interrupted twice');
    const end = await runChild(
      script,
      { folder, plan: null, slow: true },
      {
        onOutput(child, output) {
          if (output.includes('update 4') && !output.includes('update 5')) {
            child.kill('SIGINT');
            // The first is only heard between two updates; the second must come after that.
            setTimeout(() => child.kill('SIGINT'), 5);
            setTimeout(() => child.kill('SIGINT'), 65);
          }
        },
      },
    );
    expect(end.signal === 'SIGINT' || end.output.includes('done aborted')).toBe(true);
    const storage = nodeStorage(join(folder, 'checkpoints'));
    expect((await listCheckpoints(storage)).filter(({ problem }) => problem)).toEqual([]);
    await runChild(script, { folder, plan: null });
    expect(await leftBy(folder)).toEqual(expected);
  });

  it('a disk limit (ulimit -f) is a clear error, and the checkpoint before is whole', async () => {
    const folder = join(home, 'limited');
    const end = await runChild(script, { folder, plan: null }, { shell: 'trap "" XFSZ; ulimit -f 3' });
    expect(end.exitCode).not.toBe(0);
    expect(end.errors).toMatch(/EFBIG|larger than this process may write/);
    const storage = nodeStorage(join(folder, 'checkpoints'));
    const left = (await listCheckpoints(storage)).map(({ problem }) => problem);
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter((problem) => problem !== null)).toEqual([]);
    await runChild(script, { folder, plan: null });
    expect(await leftBy(folder)).toEqual(expected);
  });
});
