import type { Logger } from './logger.ts';
import { checkSink, keepLines, type TextSink } from './text-sink.ts';

const header = 'update,epoch,metric,value';

/**
 * One number in a row: `update,epoch,metric,value`. In this long form a metric that comes later, or seldom, needs no
 * column from the beginning; spreadsheets and data frames pivot it. Resuming is as in `jsonLinesLogger`.
 *
 * @throws TrainerError `trainer/bad-option`
 */
export function csvLogger(sink: TextSink): Logger {
  checkSink('csvLogger', sink);
  let isBegun = false;
  return {
    async log(scalars, { update, epoch }) {
      const rows = Object.entries(scalars).map(([name, value]) => `${update},${epoch},${quoted(name)},${value}\n`);
      await sink.write((isBegun ? '' : `${header}\n`) + rows.join(''));
      isBegun = true;
    },
    async rewind({ update }) {
      await keepLines(sink, (line) => line === header || Number(line.split(',', 1)[0]) <= update);
      isBegun = (await sink.read?.())?.startsWith(header) ?? false;
    },
    close: () => sink.close?.(),
  };
}

const quoted = (name: string): string => (/[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
