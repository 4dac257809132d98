import type { Logger } from './logger.ts';
import { checkSink, keepLines, type TextSink } from './text-sink.ts';

/**
 * One JSON object in a line: `{"update":50,"epoch":2,"trainLoss":0.31}`. Numbers that JSON has not are texts
 * (`"NaN"`). A resumed run drops the lines of updates that the killed part had logged after its checkpoint, where the
 * sink can replace its text.
 *
 * @throws TrainerError `trainer/bad-option`
 */
export function jsonLinesLogger(sink: TextSink): Logger {
  checkSink('jsonLinesLogger', sink);
  return {
    log: (scalars, { update, epoch }) => sink.write(`${JSON.stringify({ update, epoch, ...scalars }, finiteOrText)}\n`),
    rewind: ({ update }) => keepLines(sink, (line) => updateOf(line) <= update),
    close: () => sink.close?.(),
  };
}

const finiteOrText = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** A line that is no row of ours stays. */
function updateOf(line: string): number {
  try {
    const { update } = JSON.parse(line) as { update?: unknown };
    return typeof update === 'number' ? update : 0;
  } catch {
    return 0;
  }
}
