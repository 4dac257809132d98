import type { BlendExplanation } from '@nt/forecast';
import type { TrainEvent, TrainResult } from '@nt/trainer';
import { type HookEvent, type HookFlags, hookOf } from './options/hook-flags.ts';
import type { Terminal } from './output/terminal.ts';
import { runHook } from './run-hook.ts';

/** Commands of the user that hear of a training. */
export interface LifecycleHooks {
  /** Aborted when a command failed and that is to stop the training. */
  readonly signal: AbortSignal;
  /** For the trainer; of a blend with the network that it is about. Commands run one after another beside the training, which does not wait for them; one that is still waiting is told the newest event only. */
  onEvent(event: TrainEvent, member?: string): void;
  /** Tells of the end, and waits for all commands. @returns the exit code, 1 when one failed and that counts */
  end(exitCode: number, result: TrainResult | BlendExplanation | null, error?: unknown): Promise<number>;
}

const defaultSeconds = 60;

/** Starts the commands of `--on`. @param model folder of the model, told to each */
export function lifecycleHooks(flags: HookFlags, model: string, terminal: Terminal, quiet: boolean): LifecycleHooks {
  const hooks = (flags.on ?? []).map((text) => hookOf(text)!);
  const seconds = flags.onTimeout ?? defaultSeconds;
  const stop = new AbortController();
  let running: Promise<void> = Promise.resolve();
  // By command and network: of events that come faster than the command runs only the newest waits, so that the queue ends.
  const waiting = new Map<string, string>();
  const tell = (event: HookEvent, facts: object, member = ''): void => {
    const content = JSON.stringify({
      event,
      time: new Date().toISOString(),
      model,
      ...facts,
      ...(member && { member }),
    });
    for (const [place, { command }] of hooks.entries()) {
      if (hooks[place]!.event !== event) continue;
      const key = `${place} ${member}`;
      const isQueued = waiting.has(key);
      waiting.set(key, content);
      if (isQueued) continue;
      running = running.then(async () => {
        const newest = waiting.get(key)!;
        waiting.delete(key);
        const problem = await runHook({ command, event, content: newest, seconds, quiet });
        if (problem === undefined) return;
        terminal.error(`--on ${event}: ${problem}: ${command}`);
        if (flags.onFailure === 'stop') stop.abort();
      });
    }
  };
  return {
    signal: stop.signal,
    onEvent: (event, member) => {
      const [name, facts] = factsOf(event) ?? [];
      if (name !== undefined) tell(name, facts!, member);
    },
    end: async (exitCode, result, error) => {
      const { history: _, ...summary } = { history: null, ...result };
      const message = error instanceof Error ? error.message : null;
      tell('end', { exitCode, result: result && summary, error: message });
      await running;
      return stop.signal.aborted ? 1 : exitCode;
    },
  };
}

/** What a command is told of an event of the trainer; undefined where none hears of it. */
function factsOf(event: TrainEvent): readonly [HookEvent, object] | undefined {
  const { type, ...facts } = event;
  if (type === 'run-start') return ['start', facts];
  if (type === 'checkpoint-saved') return ['checkpoint', facts];
  if (event.type !== 'validation-end' || !event.improved || event.sanity) return undefined;
  const { update, epoch, metrics, best } = event;
  return ['best', { update, epoch, metrics, best }];
}
