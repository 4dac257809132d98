import { join, parse } from 'node:path';
import type { EventWriter, EventWriterOptions } from '@nt/tensorboard';
import { csvLogger, jsonLinesLogger, type Logger } from '@nt/trainer';
import { fileSink } from '@nt/trainer/node';
import type { CommandSettings } from '../run-file.ts';

/**
 * A logger for each flag. `resumes`: the files of the interrupted run are continued.
 *
 * @param member network of a blend: its files are `losses-nhits-48.csv` for `losses.csv`, its board a folder in the board
 */
export async function trainingLoggers(
  settings: CommandSettings,
  resumes: boolean,
  member?: string,
): Promise<readonly Logger[]> {
  const logCsv = ofMember(settings.logCsv, member);
  const logJsonl = ofMember(settings.logJsonl, member);
  const tensorboard = settings.tensorboard && join(settings.tensorboard, member ?? '');
  return [
    ...(logCsv === undefined ? [] : [csvLogger(fileSink(logCsv, { append: resumes }))]),
    ...(logJsonl === undefined ? [] : [jsonLinesLogger(fileSink(logJsonl, { append: resumes }))]),
    ...(tensorboard === undefined ? [] : [await tensorboardLogger(tensorboard)]),
  ];
}

function ofMember(path: string | undefined, member: string | undefined): string | undefined {
  if (path === undefined || member === undefined) return path;
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}-${member}${ext}`);
}

/** Opens its file with the first number; then it is known from which update on a resumed run replaces what was there. */
async function tensorboardLogger(folder: string): Promise<Logger> {
  const { createEventWriter } = await import('@nt/tensorboard');
  const { openEventFile } = await import('@nt/tensorboard/node');
  let writer: EventWriter | undefined;
  const open = (options: Omit<EventWriterOptions, 'sink'> = {}): EventWriter =>
    createEventWriter({ sink: openEventFile(folder), ...options });
  return {
    log(scalars, at) {
      writer ??= open();
      writer.log(scalars, at);
    },
    rewind({ update }) {
      writer = open({ resumedAt: update + 1 });
    },
    close: () => writer?.close(),
  };
}
