import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createCpuBackend } from '@nt/backend-cpu';
import type { Backend, Tensor } from '@nt/tensor';
import { type CheckpointStorage, listCheckpoints } from '@nt/trainer';
import { nodeStorage } from '@nt/trainer/storage/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axes, type Cell, drawCell, drawMoment } from './kill-matrix/cells.ts';
import { type KilledRun, runAndKill } from './kill-matrix/kill-nt.ts';
import { leftBy } from './kill-matrix/left-by.ts';
import { temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const isLong = process.env['NT_LONG'] === '1';
const wanted = isLong ? 500 : 20;
/** More than processors, since a child often waits for the disk. */
const atOnce = 3;

const logged = ['--log-every', '1', '--log-jsonl', 'log.jsonl', '--json', '-o', 'model'];
const train = ({ flags }: Cell): string[] => [...tiny, ...logged, ...flags];

interface Tally {
  kills: number;
  inWriting: number;
  readonly seen: Set<string>;
}

let backend: Backend<Tensor>;
beforeAll(async () => {
  backend = (await createCpuBackend({ threads: 1 })) as unknown as Backend<Tensor>;
});
afterAll(() => backend.dispose());

function newFolder(): string {
  const folder = temporaryFolder();
  writeBirths(folder, 60);
  return folder;
}

it(`${wanted} kills, each in a cell of its own: all bits as if never killed`, { timeout: 3_600_000 }, async () => {
  const tally: Tally = { kills: 0, inWriting: 0, seen: new Set() };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (tally.kills < wanted) await killInCell(next++, tally);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  console.info(`${tally.kills} kills in ${next} cells, ${tally.inWriting} in the middle of writing a checkpoint`);
  expect(tally.inWriting).toBeGreaterThanOrEqual(wanted / 4);
  const every = axes.flatMap(({ name, values }) => values.map((value) => `${name} ${value.name}`));
  expect(every.filter((value) => !tally.seen.has(value))).toEqual([]);
});

/** Trains a cell without interruption, then again with kills, and compares; only then do the kills count. */
async function killInCell(index: number, tally: Tally): Promise<void> {
  const cell = drawCell(index);
  const what = `cell ${index}: nt ${train(cell).join(' ')}`;
  const [whole, killed] = [newFolder(), newFolder()];
  const wholeRun = await runAndKill(whole, train(cell), null);
  expect(wholeRun.code, `${what}\n${wholeRun.stderr}`).toBe(0);
  const { end, kills } = await killAndResume(killed, cell, index, wholeRun.milliseconds);
  expect(end.code, `${what}\n${end.stderr}`).toBe(0);
  expect(await leftBy(killed, end, backend), what).toEqual(await leftBy(whole, wholeRun, backend));
  for (const folder of [whole, killed]) rmSync(folder, { recursive: true });
  tally.kills += kills.length;
  tally.inWriting += kills.filter(({ inWriting }) => inWriting).length;
  for (const [axis, value] of Object.entries(cell.names)) tally.seen.add(`${axis} ${value}`);
}

/** Kills a run, every third one twice, and goes on with it to its end. A kill that comes too late: all over again. */
async function killAndResume(
  folder: string,
  cell: Cell,
  index: number,
  milliseconds: number,
): Promise<{ readonly end: KilledRun; readonly kills: readonly KilledRun[] }> {
  const wantedKills = index % 3 === 0 ? 2 : 1;
  let kills: KilledRun[] = [];
  for (let attempt = 0; ; attempt++) {
    const moment = kills.length < wantedKills ? drawMoment(index, attempt) : null;
    const run = await runAndKill(folder, await nextCommand(folder, cell), moment, milliseconds);
    const isDone = run.code !== null && kills.length > 0;
    if (isDone) return { end: run, kills };
    if (run.isKilled) {
      expect((await listCheckpoints(storageIn(folder))).filter(({ problem }) => problem)).toEqual([]);
      kills.push(run);
      continue;
    }
    rmSync(join(folder, 'model'), { recursive: true });
    kills = [];
  }
}

const storageIn = (folder: string): CheckpointStorage => nodeStorage(join(folder, 'model', 'checkpoints'));

/** Resuming when there is something to resume; a run that was killed before its first checkpoint starts again. */
async function nextCommand(folder: string, cell: Cell): Promise<readonly string[]> {
  const isBegun = (await storageIn(folder).list()).length > 0;
  return isBegun ? ['train', '--resume', 'model', '--json'] : train(cell);
}
