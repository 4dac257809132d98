import { resolve } from 'node:path';
import { createEventWriter, type EventWriter, type EventWriterOptions } from '@nt/tensorboard';
import { openEventFile } from '@nt/tensorboard/node';
import { csvLogger, jsonLinesLogger, type Logger } from '@nt/trainer';
import { fileSink } from '@nt/trainer/node';

/** The flags that ask for logs. */
export interface LogFlags {
  readonly logCsv?: string;
  readonly logJsonl?: string;
  readonly tensorboard?: string;
}

/** The same flags with absolute paths, which hold wherever the run is resumed. */
export function absoluteLogs({ logCsv, logJsonl, tensorboard }: LogFlags): LogFlags {
  return {
    ...(logCsv !== undefined && { logCsv: resolve(logCsv) }),
    ...(logJsonl !== undefined && { logJsonl: resolve(logJsonl) }),
    ...(tensorboard !== undefined && { tensorboard: resolve(tensorboard) }),
  };
}

/** A logger for each flag. `resumes`: the files of the interrupted run are continued. */
export function trainingLoggers(flags: LogFlags, resumes: boolean): readonly Logger[] {
  const { logCsv, logJsonl, tensorboard } = flags;
  return [
    ...(logCsv === undefined ? [] : [csvLogger(fileSink(logCsv, { append: resumes }))]),
    ...(logJsonl === undefined ? [] : [jsonLinesLogger(fileSink(logJsonl, { append: resumes }))]),
    ...(tensorboard === undefined ? [] : [tensorboardLogger(tensorboard)]),
  ];
}

/** Opens its file with the first number; then it is known from which update on a resumed run replaces what was there. */
function tensorboardLogger(folder: string): Logger {
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
