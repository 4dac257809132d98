import { sep } from 'node:path';
import type { AllowedFolders } from './allowed-folders.ts';
import type { Confined } from './confine.ts';
import { ToolError } from './tool-error.ts';

/** More calls than this at the same time would only wait for each other. */
const mostCalls = 8;

/** Keeps calls that run at the same time out of each other's files. */
export class PlacesInUse {
  readonly #calls = new Set<Confined>();

  /**
   * Takes the places of a call.
   *
   * @returns gives them back
   * @throws ToolError `mcp/busy` when another call writes what this one reads or writes, or the other way round
   */
  take(call: Confined, folders: AllowedFolders): () => void {
    if (this.#calls.size >= mostCalls)
      throw new ToolError('mcp/busy', `${mostCalls} calls are running; wait for one of them, or cancel it.`);
    for (const other of this.#calls) {
      const place = meeting(other.written, call.touched) ?? meeting(call.written, other.touched);
      if (place === undefined) continue;
      throw new ToolError(
        'mcp/busy',
        `A call that is still running uses '${folders.shown(place)}'; wait for it, or choose another name.`,
        { path: place },
      );
    }
    this.#calls.add(call);
    return () => this.#calls.delete(call);
  }
}

/** A place of `ones` that is one of `others`, lies in one or holds one. */
const meeting = (ones: readonly string[], others: readonly string[]): string | undefined =>
  ones.find((one) => others.some((other) => isIn(one, other) || isIn(other, one)));

const isIn = (place: string, folder: string): boolean =>
  place === folder || place.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
