import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { needsPostgres, needsRedis, startPostgres, startRedis, type TestServer } from '@nt/job-servers';
import { beforeAll, describe, expect, it } from 'vitest';
import { ntWithServers } from '../test/queue/nt-with-servers.ts';
import { backtestHash, backtestWords, searchHash, searchWords } from '../test/queue/works.ts';
import { nt, type RunningNt, startProgram, temporaryFolder, writeBirths } from '../test/run-nt.ts';

// `pnpm -F @nt/cli test:long`: minutes; `test/queue.test.ts` has the short version.
const folder = temporaryFolder();
const longer = ['--epochs', '60'];
const works = {
  backtest: { words: [...backtestWords(12), ...longer, '--patience', '0'], hash: backtestHash },
  search: { words: searchWords(24), hash: searchHash },
} as const;
const names = Object.keys(works) as (keyof typeof works)[];
const expected: Record<string, string> = {};
let program = '';

const kills = 20;

describe('12 folds and 24 trials', { timeout: 3_600_000 }, () => {
  beforeAll(async () => {
    writeBirths(folder, 120);
    program = ntWithServers();
    for (const name of names) {
      expect((await nt(folder, ...works[name].words, '-o', name)).code).toBe(0);
      expected[name] = works[name].hash(join(folder, name));
    }
  }, 600_000);

  it.each([1, 2, 4])('--jobs %i: the bits of one process', async (jobs) => {
    for (const name of names) {
      const { code } = await nt(folder, ...works[name].words, '--jobs', String(jobs), '-o', `jobs-${jobs}-${name}`);
      expect([code, works[name].hash(join(folder, `jobs-${jobs}-${name}`))]).toEqual([0, expected[name]]);
    }
  });

  describe.each([
    ['folder', true, 0, async (): Promise<TestServer> => inFolder()],
    ['redis', needsRedis(), 3, () => startRedis()],
    ['postgres', needsPostgres(), 3, () => startPostgres()],
  ] as const)('%s', (kind, isThere, restarts, start) => {
    it.runIf(isThere).each([1, 2, 4])('%i workers: the bits of one process', async (count) => {
      const server = await start();
      const workers = Array.from({ length: count }, () => startWorker(server));
      try {
        await runBoth(server, `${kind}-${count}`);
      } finally {
        await endAll(workers);
        await server.stop();
      }
    });

    it.runIf(isThere)(`${kills} kills of workers and ${restarts} restarts lose nothing`, async () => {
      const server = await start();
      const workers = Array.from({ length: 4 }, () => startWorker(server));
      const done = { kills: 0, restarts: 0, rounds: 0 };
      let isOver = false;
      /** Kills workers in the middle of a job, as long as there are kills to be counted; then the round comes to its end. */
      const chaos = async (): Promise<void> => {
        for (let step = 0; !isOver && done.kills < kills; step++) {
          await new Promise((resolve) => setTimeout(resolve, 100 + 400 * drawn(step)));
          const busy = workers.flatMap((worker, index) => (isBusy(worker) ? [index] : []));
          if (isOver || busy.length === 0) continue;
          const victim = busy[Math.floor(drawn(1000 + step) * busy.length)]!;
          workers[victim]!.process.kill('SIGKILL');
          await workers[victim]!.ended;
          workers[victim] = startWorker(server);
          done.kills++;
          if (done.kills % 6 > 0 || done.restarts === restarts) continue;
          await server.restart(done.restarts % 2 === 0 ? 'orderly' : 'crash');
          done.restarts++;
        }
      };
      const killing = chaos();
      killing.catch(() => {}); // awaited below
      try {
        while (done.kills < kills || done.restarts < restarts)
          await runBoth(server, `${kind}-chaos-${done.rounds++}`, '--attempts', '100');
      } finally {
        isOver = true;
        await killing;
        await endAll(workers);
        await server.stop();
      }
      console.info(`${kind}: ${done.kills} kills, ${done.restarts} restarts, ${done.rounds} rounds: no difference`);
    });
  });
});

const startWorker = ({ address }: TestServer): RunningNt =>
  startProgram(program, folder, ['worker', '--queue', address, '--lease', '1']);

const isBusy = (worker: RunningNt): boolean =>
  [...worker.stderr().matchAll(/: begun/g)].length > [...worker.stderr().matchAll(/: (done|failed|no longer)/g)].length;

async function endAll(workers: readonly RunningNt[]): Promise<void> {
  for (const { process } of workers) process.kill('SIGKILL');
  await Promise.all(workers.map(({ ended }) => ended));
}

/** A backtest and a search at the same time. */
async function runBoth({ address }: TestServer, place: string, ...more: string[]): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      const output = `${place}-${name}`;
      const words = [...works[name].words, '--queue', address, ...more, '-o', output];
      const { code, stderr } = await startProgram(program, folder, words).ended;
      expect([code, stderr]).toEqual([0, expect.anything()]);
      expect([place, works[name].hash(join(folder, output))]).toEqual([place, expected[name]]);
    }),
  );
}

/** Numbers in [0, 1) that look random and are the same each time. */
const drawn = (step: number): number => {
  const value = Math.sin(step + 1) * 43758.5453;
  return value - Math.floor(value);
};

/** A folder cannot be restarted: that the disk is away is not played. */
function inFolder(): TestServer {
  const place = temporaryFolder();
  return { address: place, restart: async () => {}, stop: async () => rmSync(place, { recursive: true, force: true }) };
}
