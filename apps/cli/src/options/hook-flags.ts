import { type Command, InvalidArgumentError, Option } from 'commander';
import { number } from './parse-number.ts';
import { each, oneOrMore, reading } from './value-kind.ts';

/** When a command of the user may run. */
export const hookEvents = ['start', 'checkpoint', 'best', 'end'] as const;
/** One of `hookEvents`. */
export type HookEvent = (typeof hookEvents)[number];

/** Flags of the verbs that train. */
export interface HookFlags {
  /** `best=COMMAND` */
  readonly on?: readonly string[];
  readonly onTimeout?: number;
  readonly onFailure?: 'report' | 'stop';
}

/** Adds the flags that say what runs when. */
export function addHookFlags(command: Command): Command {
  const read = (text: string, before: readonly string[] = []): readonly string[] => {
    if (hookOf(text) === undefined)
      throw new InvalidArgumentError(`Expected ${hookEvents.join(', ')}, then = and a command: best="./publish.sh".`);
    return [...before, text];
  };
  const pattern = `^(${hookEvents.join('|')})=.`;
  return command
    .optionsGroup('Hooks:')
    .option(
      '--on <event=command>',
      `run a command at ${hookEvents.join(', ')}; what happened is JSON on its stdin; may be given several times`,
      reading(read, oneOrMore({ type: 'string', pattern }), (value) => each(value).map(String)),
    )
    .option('--on-timeout <seconds>', 'seconds after which such a command is ended (default: 60)', number(0.001))
    .addOption(
      new Option(
        '--on-failure <what>',
        'when one fails: report it, or stop the training with a checkpoint and exit code 1 (default: report)',
      ).choices(['report', 'stop']),
    );
}

/** `best=COMMAND` in parts; undefined for anything else. */
export function hookOf(text: string): { readonly event: HookEvent; readonly command: string } | undefined {
  const [, event, command] = /^(\w+)=(.+)$/s.exec(text) ?? [];
  const known = hookEvents.find((one) => one === event);
  return known && { event: known, command: command! };
}
