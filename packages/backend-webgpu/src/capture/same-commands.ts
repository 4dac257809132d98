import type { BufferRange } from '../engine/tfjs-webgpu.ts';
import type { RecordedCommand, RecordedWrite } from './recorder.ts';

interface Told {
  readonly commands: readonly RecordedCommand[];
  readonly writes: readonly RecordedWrite[];
}

/** Why two recordings of the same function are not the same; undefined when they are but for what is late. */
export function difference(a: Told, b: Told): string | undefined {
  if (a.commands.length !== b.commands.length)
    return `once there were ${a.commands.length} commands, once ${b.commands.length}`;
  const at = a.commands.findIndex((command, i) => !sameCommand(command, b.commands[i]!));
  if (at >= 0) return `command ${at} of ${a.commands.length} was not the same twice: a tensor that changes`;
  const areSame = a.writes.length === b.writes.length && a.writes.every((write, i) => sameWrite(write, b.writes[i]!));
  return areSame ? undefined : 'what the host writes was not the same twice: a number that changes';
}

function sameCommand(a: RecordedCommand, b: RecordedCommand): boolean {
  if (a.kind === 'copy')
    return b.kind === 'copy' && a.bytes === b.bytes && sameRange(a.from, b.from) && sameRange(a.to, b.to);
  return (
    b.kind === 'dispatch' &&
    a.pipeline === b.pipeline &&
    a.workgroups.every((count, i) => count === b.workgroups[i]) &&
    a.bindings.length === b.bindings.length &&
    a.bindings.every((range, i) => sameRange(range, b.bindings[i]!))
  );
}

const sameRange = (a: BufferRange, b: BufferRange): boolean =>
  a.buffer === b.buffer && a.offset === b.offset && a.size === b.size;

function sameWrite(a: RecordedWrite, b: RecordedWrite): boolean {
  if (a.buffer !== b.buffer || a.bytes.length !== b.bytes.length || a.late?.at !== b.late?.at) return false;
  const end = a.late ? a.late.at + a.late.values().byteLength : 0;
  return a.bytes.every((byte, i) => byte === b.bytes[i] || (a.late !== undefined && i >= a.late.at && i < end));
}
