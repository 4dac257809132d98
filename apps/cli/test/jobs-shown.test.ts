import { createReferenceBackend } from '@nt/tensor/reference';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { threadsOf } from '../src/jobs/job-pool.ts';
import { sharingOf } from '../src/jobs/sharing.ts';
import { trainingProgressOf } from '../src/jobs/training-progress-of.ts';
import { jobsProgress } from '../src/output/jobs-progress.ts';
import type { Terminal } from '../src/output/terminal.ts';

let written = '';
const terminal = (isInteractive: boolean): Terminal => {
  written = '';
  const write = (text = ''): void => {
    written += `${text}\n`;
  };
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  return { isInteractive, width: 60, line: write, drawing: write, error: write };
};
afterEach(() => vi.restoreAllMocks());

const half = { update: 20, maxUpdates: 40, loss: 0.5, validation: null };

describe('progress of several jobs', () => {
  it('is one line at the bottom of a terminal, never wider than it, under the lines that stay', () => {
    const progress = jobsProgress(terminal(true), false);
    const clear = '\r\u001b[K';
    progress.tell('fold 1', { fold: 0 }, half);
    progress.tell('fold 2', { fold: 1 }, { ...half, update: 8, validation: 0.25, member: 'nhits-48' });
    const both = 'fold 1: 20/40 loss 0.5 · fold 2: nhits-48 8/40 loss 0.5 val 0.25';
    expect(written).toBe(`${clear}fold 1: 20/40 loss 0.5${clear}${both.slice(0, 59)}`);
    written = '';
    progress.terminal.line('fold 1 of 2 done');
    expect(written).toBe(`${clear}fold 1 of 2 done\n${both.slice(0, 59)}`);
    written = '';
    progress.end('fold 1');
    progress.end('fold 2');
    progress.terminal.line('over');
    expect(written).toBe(`${clear}${both.slice(both.indexOf('fold 2'))}${clear}over\n`);
  });

  it('is a line now and then in a log, and JSON for each message with --json, on a terminal too', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const logged = jobsProgress(terminal(false), false);
    for (let second = 0; second < 25; second++) {
      vi.advanceTimersByTime(1000);
      logged.tell('trial 3', { trial: 3, rung: 0 }, half);
    }
    logged.close();
    vi.useRealTimers();
    expect(written).toBe('trial 3: 20/40 loss 0.5\n'.repeat(2));
    const json = jobsProgress(terminal(true), true);
    json.tell('trial 3', { trial: 3, rung: 0 }, half);
    expect(JSON.parse(written)).toEqual({ event: 'progress', trial: 3, rung: 0, ...half });
  });

  it('is told a few times a second, and at the beginning of each training', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const told: number[] = [];
    const hear = trainingProgressOf(({ update }) => told.push(update));
    const start = { type: 'run-start', update: 0, maxUpdates: 1000 } as never;
    hear(start);
    for (let update = 1; update <= 1000; update++) {
      vi.advanceTimersByTime(1);
      hear({ type: 'update-end', update, loss: null } as never);
    }
    hear(start);
    vi.useRealTimers();
    expect(told).toEqual([0, 250, 500, 750, 1000, 0]);
  });
});

describe('how processes share a machine', () => {
  const engine = (name: string, threads?: number) =>
    ({ ...createReferenceBackend(), name, describe: async () => ({ name, threads }) }) as never;

  it('threads are divided, one each at least, what is left over to the first', () => {
    const shares = (atOnce: number, threads: number): number[] =>
      Array.from({ length: atOnce }, (_, lane) => threadsOf(lane, atOnce, threads));
    expect([shares(2, 8), shares(3, 8), shares(4, 2)]).toEqual([
      [4, 4],
      [3, 3, 2],
      [1, 1, 1, 1],
    ]);
  });

  it('never more processes than jobs; one job stays here', async () => {
    expect(await sharingOf(engine('cpu', 8), { jobs: 5 }, 3, 'folds')).toMatchObject({ atOnce: 3, threads: 8 });
    expect(await sharingOf(engine('cpu', 8), { jobs: 5 }, 1, 'folds')).toBe(null);
    expect(await sharingOf(engine('webgpu'), {}, 3, 'folds')).toBe(null);
  });

  it.each(['webgpu', 'node-gpu'])('%s, one device, is refused', async (name) => {
    const message = new RegExp(`--jobs 2: '${name}' computes on one device.*--backend cpu`);
    await expect(sharingOf(engine(name), { jobs: 2 }, 3, 'folds')).rejects.toThrow(message);
  });
});
