import type { AllowedFolders } from './allowed-folders.ts';
import type { Arguments } from './check-arguments.ts';
import { checkNewFile, checkNewFolder } from './check-new.ts';
import { dataAt, type RememberedUse, recordsAt, runAt } from './check-read.ts';
import { ToolError } from './tool-error.ts';
import { endingsOf, type VerbTool } from './tools.ts';

/** Arguments with the places that their paths lead to. */
export interface Confined {
  readonly given: Arguments;
  /** What the call writes. */
  readonly written: readonly string[];
  /** What it reads or writes. */
  readonly touched: readonly string[];
}

/** What a verb writes to when it is not told, where relative paths begin. */
const usualFolder: Readonly<Record<string, string>> = { train: 'model', backtest: 'backtest' };

/**
 * Makes every path of a call one inside the allowed folders, behind all links, and looks through what it will open.
 *
 * @throws ToolError `mcp/not-allowed`, `mcp/exists`; the errors of `dataFiles`
 */
export async function confine(tool: VerbTool, folders: AllowedFolders, all: Arguments): Promise<Confined> {
  const { overwrite, ...given } = all as Record<string, unknown>;
  const [read, written]: [string[], string[]] = [[], []];
  for (const [argument, use] of Object.entries(tool.paths)) {
    const text = given[argument] ?? (use === 'new-folder' ? usualFolder[tool.verb] : undefined);
    if (text === undefined) continue;
    const place = await folders.place(argument, text as string);
    given[argument] = place;
    if (use === 'new-file')
      await checkNewFile(folders, argument, place, {
        endings: endingsOf(tool, argument),
        overwrite: overwrite === true,
      });
    else if (use === 'new-folder') await checkNewFolder(folders, argument, place);
    else if (use === 'data') read.push(...(await dataAt(folders, argument, place)));
    else if (use === 'anything') read.push(...(await recordsAt(folders, argument, place)));
    else read.push(...(await runAt(folders, argument, place, usesOf(tool, given))));
    if (use.startsWith('new') || use === 'run') written.push(place);
  }
  const twice = written.find((place, index) => read.includes(place) || written.indexOf(place) !== index);
  if (twice !== undefined && tool.verb !== 'resume')
    throw new ToolError(
      'mcp/bad-argument',
      `'${folders.shown(twice)}' is read and written in one call, or written twice; give each result a name of its own.`,
    );
  return { given: overwrite === undefined ? given : { ...given, overwrite }, written, touched: [...read, ...written] };
}

/** Data that are named are read in place of those that a model was trained on, but with the same query. */
function usesOf({ paths, verb }: VerbTool, given: Arguments): readonly RememberedUse[] {
  if (verb === 'resume') return ['query', 'data', 'writing'];
  if (paths['data'] === undefined) return [];
  return given['data'] === undefined ? ['query', 'data'] : ['query'];
}
