import { checkOptions } from '../options/check-options.ts';
import { members } from '../options/expectations.ts';

/** Where a text logger writes: a file (`fileSink` of `@nt/trainer/node`), a stream, a string in memory. */
export interface TextSink {
  /** Appends. */
  write(text: string): void | Promise<void>;
  /** All that was written so far, also by an earlier process; with `replace` it lets a resumed run drop what no longer holds. */
  read?(): Promise<string>;
  /** Puts `text` in the place of all that was written. */
  replace?(text: string): Promise<void>;
  /** Nothing follows; files are closed. */
  close?(): void | Promise<void>;
}

/** @throws TrainerError `trainer/bad-option` */
export function checkSink(owner: string, sink: TextSink): void {
  checkOptions(owner, { sink }, { sink: members('write') }, ['sink']);
}

/** Keeps the lines of a sink that `holds` says still hold; a last line without its end was cut off by a kill and goes. */
export async function keepLines(sink: TextSink, holds: (line: string) => boolean): Promise<void> {
  if (!sink.read || !sink.replace) return;
  const lines = (await sink.read()).split('\n').slice(0, -1);
  await sink.replace(
    lines
      .filter(holds)
      .map((line) => `${line}\n`)
      .join(''),
  );
}
