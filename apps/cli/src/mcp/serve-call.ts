import { toPlainError } from '@nt/forecast/worker';
import { CommanderError } from 'commander';
import type { Outcome } from '../outcome.ts';
import { UsageError } from '../usage-error.ts';
import type { Verbs } from '../verbs.ts';
import { callChannel } from './call-channel.ts';
import type { CallMessage } from './call-messages.ts';

/** What may still run when the server is gone, before this process ends whatever it does. */
const patienceMilliseconds = 30_000;

/** Exit code of a call that was stopped, as of one stopped by Ctrl-C. */
const stoppedExitCode = 130;

/**
 * Runs a verb for the server that has started this process: errors go over the channel, with their codes. When the server
 * says so, or is gone, it does what Ctrl-C does.
 */
export async function serveCall(words: readonly string[], outcome: Outcome, verbs: Verbs): Promise<void> {
  if (!process.connected) throw new UsageError('nt call-worker is for the processes that nt mcp starts.');
  // What a report says was typed is what makes it again.
  process.argv.splice(2, process.argv.length, ...words);
  callChannel.subscribe((message) => send(message as CallMessage));
  let isStopping = false;
  // Ctrl-C in a terminal comes to this process, too; that the server stops it then is not a second one.
  const onSignal = (): void => {
    isStopping = true;
    if (process.listenerCount('SIGINT') === 1) process.exit(stoppedExitCode);
  };
  const stop = (): void => {
    if (!isStopping) process.emit('SIGINT');
  };
  process.on('SIGINT', onSignal);
  const left = (): void => {
    stop();
    setTimeout(() => process.exit(stoppedExitCode), patienceMilliseconds).unref();
  };
  process.on('message', stop);
  process.once('disconnect', left);
  const [verb, ...rest] = words;
  try {
    const command = await verbs.build(verb!);
    await command.configureOutput({ writeErr: () => {} }).parseAsync(rest, { from: 'user' });
  } catch (error) {
    const isUsage = error instanceof UsageError || error instanceof CommanderError;
    send({ type: 'error', isUsage, error: toPlainError(error) });
    outcome.exitCode = isUsage ? 2 : 1;
  }
  process.off('disconnect', left);
  process.off('message', stop);
  process.off('SIGINT', onSignal);
  // An open channel would keep the process alive; what was said is on its way.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  if (process.connected) process.disconnect();
}

function send(message: CallMessage): void {
  if (process.connected) process.send!(message, undefined, undefined, () => {});
}
