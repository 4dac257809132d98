import { Command } from 'commander';
import type { Outcome } from '../outcome.ts';
import type { Verbs } from '../verbs.ts';

/** `nt call-worker`, which is not for people: it runs a verb for the `nt mcp` that has started it. */
export function callWorkerCommand(outcome: Outcome, verbs: Verbs): Command {
  return new Command('call-worker')
    .exitOverride()
    .argument('<words...>')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (_words: string[], __: object, command: Command) => {
      const { serveCall } = await import('../mcp/serve-call.ts');
      await serveCall(command.args, outcome, verbs);
    });
}
