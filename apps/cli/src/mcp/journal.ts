import type { Arguments } from './check-arguments.ts';

/** A call that was answered, or cancelled. */
export interface JournalEntry {
  readonly answer: string;
  readonly tool: string;
  readonly arguments: Arguments;
  /** ISO 8601, UTC. */
  readonly began: string;
  readonly seconds: number;
  readonly state: 'done' | 'failed' | 'cancelled';
  /** What a person types for the same; absent where the call was refused before that was known. */
  readonly command?: string | undefined;
  /** TypeScript that does the same. */
  readonly script?: string | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  /** The call that goes on with what was kept. */
  readonly resume?: { readonly tool: 'resume'; readonly arguments: { readonly folder: string } } | undefined;
}

/** A session of days must not fill the memory. */
const mostEntries = 500;

/** What this server has answered, the oldest first; it ends with the server. */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  #count = 0;

  /** The name of the next answer. */
  next(): string {
    this.#count++;
    return String(this.#count);
  }

  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > mostEntries) this.#entries.shift();
  }

  find(answer: string): JournalEntry | undefined {
    return this.#entries.find((entry) => entry.answer === answer);
  }

  /** Names that `find` knows, the newest last. */
  get answers(): readonly string[] {
    return this.#entries.filter(({ command }) => command !== undefined).map(({ answer }) => answer);
  }

  get failures(): readonly JournalEntry[] {
    return this.#entries.filter(({ state }) => state !== 'done');
  }
}
