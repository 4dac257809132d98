import { nearestName } from '@nt/tensor';
import { checkSettings } from '../options/check-settings.ts';
import { inArguments } from './in-arguments.ts';
import type { ToolCommand } from './tool-command.ts';
import { ToolError } from './tool-error.ts';
import { refusedOptions } from './tools.ts';

/** Arguments as an agent gives them. */
export type Arguments = Readonly<Record<string, unknown>>;

/**
 * Checks arguments by what the verb's own flags take.
 *
 * @returns those that were given; null is none
 * @throws ToolError `mcp/bad-argument` naming the argument, what was expected, what was found
 */
export function checkArguments(name: string, called: ToolCommand, all: Arguments): Arguments {
  const { command, inputSchema, positional, tool } = called;
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== undefined));
  const known = Object.keys(inputSchema['properties'] as object);
  for (const argument of Object.keys(given)) {
    if (known.includes(argument)) continue;
    const reason = Object.hasOwn(refusedOptions, argument) ? refusedOptions[argument] : undefined;
    if (reason !== undefined)
      throw new ToolError('mcp/not-allowed', `${argument} is not offered to agents: ${reason}.`, { argument });
    throw unknownArgument(name, argument, known);
  }
  const missing = tool.required.find((argument) => given[argument] === undefined);
  if (missing !== undefined)
    throw bad(
      missing,
      `${name} needs ${missing}: ${(inputSchema['properties'] as Descriptions)[missing]!.description}.`,
    );
  for (const argument of [...positional.map((one) => one.name), ...Object.keys(tool.paths)])
    if (given[argument] !== undefined && typeof given[argument] !== 'string')
      throw bad(argument, `${argument}: expected a path as a text, found ${JSON.stringify(given[argument])}.`);
  const { overwrite, ...rest } = given;
  if (overwrite !== undefined && typeof overwrite !== 'boolean')
    throw bad('overwrite', `overwrite: expected true or false, found ${JSON.stringify(overwrite)}.`);
  const settings = Object.entries(rest).filter(([argument]) => !positional.some((one) => one.name === argument));
  try {
    checkSettings(command, Object.fromEntries(settings), name);
  } catch (error) {
    throw bad(undefined, inArguments((error as Error).message, command));
  }
  return given;
}

type Descriptions = Readonly<Record<string, { readonly description: string }>>;

/** @returns the error for a name that is no argument, with the nearest that is */
export function unknownArgument(tool: string, argument: string, known: readonly string[]): ToolError {
  if (known.length === 0) return bad(argument, `${tool} takes no arguments, found '${argument}'.`);
  const near = nearestName(argument, [...known]);
  const hint = near === undefined ? '' : ` Did you mean '${near}'?`;
  return bad(argument, `${tool}: there is no argument '${argument}'.${hint} Known: ${known.join(', ')}.`);
}

const bad = (argument: string | undefined, message: string): ToolError =>
  new ToolError('mcp/bad-argument', message, argument === undefined ? {} : { argument });
