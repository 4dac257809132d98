import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type NtResult, type RunningNt, startNt } from '../run-nt.ts';
import type { Moment } from './cells.ts';

/** How a run of `nt train` that was to be killed ended. */
export interface KilledRun extends NtResult {
  /** Whether the kill came before the model was there. */
  readonly isKilled: boolean;
  /** Whether it left a checkpoint behind that was not written to its end. */
  readonly inWriting: boolean;
  /** Milliseconds from the beginning of training to the end. */
  readonly milliseconds: number;
}

/** Runs `nt` in `folder` (its model in `model`), and kills it with SIGKILL at a moment; null = never. */
export async function runAndKill(
  folder: string,
  parameters: readonly string[],
  moment: Moment | null,
  milliseconds = 0,
): Promise<KilledRun> {
  const checkpoints = join(folder, 'model', 'checkpoints');
  const run = startNt(folder, ...parameters);
  let hasEnded = false;
  const ended = run.ended.then((result) => {
    hasEnded = true;
    return result;
  });
  const isOver = (): boolean => hasEnded;
  await until(() => run.stderr().includes('engine:'), isOver);
  const start = performance.now();
  if (moment?.kind === 'time') await until(() => performance.now() - start > moment.share * milliseconds, isOver);
  if (moment?.kind === 'write') await nthWrite(checkpoints, moment.nth, isOver);
  if (moment) kill(run);
  const result = await ended;
  const isKilled = result.code === null && !existsSync(join(folder, 'model', 'config.json'));
  return {
    ...result,
    isKilled,
    inWriting: isKilled && partials(checkpoints).length > 0,
    milliseconds: performance.now() - start,
  };
}

/** Waits for the nth checkpoint that begins to be written: it is in a hidden folder until it is whole. */
async function nthWrite(checkpoints: string, nth: number, isOver: () => boolean): Promise<void> {
  const seen = new Set<string>(partials(checkpoints));
  const leftovers = seen.size;
  await until(
    () => {
      for (const name of partials(checkpoints)) seen.add(name);
      return seen.size - leftovers >= nth;
    },
    isOver,
    true,
  );
}

function partials(checkpoints: string): readonly string[] {
  try {
    return readdirSync(checkpoints).filter((name) => name.startsWith('.partial-'));
  } catch {
    return [];
  }
}

const kill = (run: RunningNt): boolean => run.process.kill('SIGKILL');

/** Looks every millisecond or two; `closely`: without pause, since a write may be over within one. */
async function until(isTrue: () => boolean, isOver: () => boolean, closely = false): Promise<void> {
  while (!isTrue() && !isOver())
    await new Promise<void>((resolve) => (closely ? setImmediate(resolve) : setTimeout(resolve, 2)));
}
