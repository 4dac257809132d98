import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { ToolError } from './tool-error.ts';

/** More entries than this are a folder of something else; looking through them would take long. */
const mostEntries = 50_000;

/**
 * The folders in which agents may read and write. Every path is followed through all its links before it is judged, and
 * what goes on with it is the path behind the links: a name that leads elsewhere is of no use.
 */
export class AllowedFolders {
  /** Without links; the first is where relative paths begin. */
  readonly roots: readonly string[];

  private constructor(roots: readonly string[]) {
    this.roots = roots;
  }

  /** @throws UsageError for what is no folder */
  static async open(folders: readonly string[]): Promise<AllowedFolders> {
    const roots = folders.map(async (folder) => {
      const root = await realpath(folder).catch(() => undefined);
      if (root !== undefined && (await stat(root)).isDirectory()) return root;
      throw new UsageError(`--allow-dir ${folder}: there is no such folder.`);
    });
    return new AllowedFolders(await Promise.all(roots));
  }

  /**
   * The place that a text names, whether something is there or not.
   *
   * @param argument which names it in messages
   * @throws ToolError `mcp/not-allowed` for what is no path or lies elsewhere, also by links
   */
  async place(argument: string, text: string): Promise<string> {
    const path = resolve(this.roots[0]!, this.#plainPath(argument, text));
    const { existing, rest } = await nearestEntry(path).catch((error: NodeJS.ErrnoException) => {
      throw this.#refusal(argument, text, `it cannot be looked up (${error.code})`);
    });
    const real = await realpath(existing).catch(() => undefined);
    // A link that leads nowhere yet would be written through.
    if (real === undefined) throw this.#refusal(argument, text, 'it is a link that leads nowhere');
    const place = join(real, rest);
    if (this.#holds(place)) return place;
    const isLink = this.#holds(path);
    throw this.#refusal(argument, text, isLink ? 'a link leads out of the allowed folders' : 'it lies elsewhere');
  }

  /**
   * Looks whether something in a folder, however deep, is a link that leads out.
   *
   * @param place as `place` has given it
   */
  async checkInside(argument: string, place: string): Promise<void> {
    const waiting = [place];
    const seen = new Set<string>();
    let count = 0;
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      if (seen.has(folder)) continue;
      seen.add(folder);
      const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
        throw this.#refusal(argument, folder, `it cannot be looked through (${error.code})`);
      });
      for (const entry of entries) {
        const path = join(folder, entry.name);
        if (++count > mostEntries)
          throw new ToolError(
            'mcp/not-allowed',
            `${argument}: '${place}' holds more than ${mostEntries} files, too many to look through for links that lead out; name a smaller folder.`,
            { argument, path: place },
          );
        if (entry.isSymbolicLink()) {
          const real = await this.place(argument, path);
          if ((await stat(real)).isDirectory()) waiting.push(real);
        } else if (entry.isDirectory()) waiting.push(path);
      }
    }
  }

  /** As the agent may write it again: relative to the folder where relative paths begin. */
  shown(place: string): string {
    const path = relative(this.roots[0]!, place);
    return path === '' ? '.' : isOutside(path) ? place : path;
  }

  /** @throws ToolError for a text that is no path of this machine's file system, or means another than it says */
  #plainPath(argument: string, text: string): string {
    const reason = unusual.find(([pattern]) => pattern.test(text))?.[1];
    if (reason === undefined) return text;
    throw this.#refusal(argument, text, reason);
  }

  #holds(place: string): boolean {
    return this.roots.some((root) => !isOutside(relative(root, place)));
  }

  #refusal(argument: string, text: string, why: string): ToolError {
    const shown = JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
    return new ToolError(
      'mcp/not-allowed',
      `${argument}: ${shown} is not allowed: ${why}. Name a path inside ${this.roots.join(', ')}; a relative path begins in ${this.roots[0]}. Another folder is allowed by whoever starts nt mcp, with --allow-dir.`,
      { argument, found: text.slice(0, 200), allowed: this.roots },
    );
  }
}

/** Texts that a program somewhere reads as something else than a plain path. */
const unusual: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^\s*$/, 'it is empty'],
  [/[\p{Cc}]/u, 'it holds control characters'],
  [/^-/, 'it begins as a flag; what is piped in belongs to the protocol'],
  [/^~/, 'the home folder is not looked up'],
  [/^[a-z][a-z\d+.-]+:/i, 'it is an address; only files on this machine are read'],
  [/^(?:\\\\|\/\/|\\\?\?\\)/, 'it is a path of the network or of devices'],
];

const isOutside = (path: string): boolean => path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);

/** The deepest part of a path at which something is, be it a link that leads nowhere, and what is behind it. */
async function nearestEntry(path: string): Promise<{ readonly existing: string; readonly rest: string }> {
  let [existing, rest] = [path, ''];
  for (;;) {
    const found = await lstat(existing).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (found !== undefined || dirname(existing) === existing) return { existing, rest };
    [existing, rest] = [dirname(existing), join(basename(existing), rest)];
  }
}
