import type { RecordedCommand } from './command-recorder.ts';
import type { RecordedStep } from './recorder.ts';

/** Words before the first one of a recorded command. */
const ticketWords = 2;

/** Why two recordings of the same function are not the same; undefined when they are, late words apart. */
export function difference(a: readonly RecordedStep[], b: readonly RecordedStep[]): string | undefined {
  if (a.length !== b.length) return `once there were ${a.length} commands, once ${b.length}`;
  const at = a.findIndex((step, i) => !sameStep(step, b[i]!));
  return at < 0 ? undefined : `command ${at} of ${a.length} was not the same twice: a number or a tensor that changes`;
}

function sameStep(a: RecordedStep, b: RecordedStep): boolean {
  if (a.kind === 'command') return b.kind === 'command' && sameCommand(a.command, b.command);
  return b.kind === 'host' && sameWords(a.wrote ?? nothing, b.wrote ?? nothing);
}

const nothing = new Int32Array();

function sameCommand(a: RecordedCommand, b: RecordedCommand): boolean {
  return a.chunks === b.chunks && sameWords(lasting(a), lasting(b));
}

/** The words of a command with 0 in the place of those that each repetition writes. */
function lasting({ words, sequences, late }: RecordedCommand): Int32Array {
  const copy = words.slice();
  for (const { at } of sequences) copy[at - ticketWords] = 0;
  for (const { at, length } of late) copy.fill(0, at - ticketWords, at - ticketWords + length);
  return copy;
}

const sameWords = (a: Int32Array, b: Int32Array): boolean =>
  a.length === b.length && a.every((word, i) => word === b[i]);
