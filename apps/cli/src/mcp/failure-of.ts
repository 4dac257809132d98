import { DataError, type DataErrorCode, type DataErrorDetails } from '@nt/data';
import { argumentName, inArguments } from './in-arguments.ts';
import type { CallEnd } from './run-call.ts';
import type { ToolCommand } from './tool-command.ts';
import { ToolError } from './tool-error.ts';

/** What an agent is told of a call that has failed: code and message of the command, ways out by the tool's arguments. */
export function failureOf({ error, code, notes }: CallEnd, { command }: ToolCommand): ToolError {
  if (error === undefined) {
    const how = code === null ? 'was ended by the system, as it does when memory runs out' : 'has failed';
    return new ToolError('nt/failed', `The call ${how}. ${notes.at(-1) ?? ''}`.trim(), { exitCode: code });
  }
  const { name, message, code: own, details } = error.error;
  const told = (details ?? {}) as Readonly<Record<string, unknown>>;
  // Commander's own codes say nothing more.
  const kind = own?.includes('/') ? own : error.isUsage ? 'nt/usage' : 'nt/failed';
  if (name !== 'DataError') return new ToolError(kind, inArguments(message.replace(/^error: /, ''), command), told);
  // Rebuilt, it tells its ways out one by one.
  const { remedies } = new DataError(own as DataErrorCode, message, details as DataErrorDetails);
  const ways = remedies.map(({ option, values }) => ({ argument: argumentName(option), values }));
  return new ToolError(kind, inArguments(message, command), { ...told, ...(ways.length > 0 && { remedies: ways }) });
}
