import { checkArgument } from './check-arguments.ts';
import { checkOptions } from './check-options.ts';
import { encodeHistogram } from './encode-histogram.ts';
import { encodeExperiment, encodeSessionEnd, encodeSessionStart } from './encode-hyperparameters.ts';
import { encodeImage } from './encode-image.ts';
import type { EventPosition, EventWriter, EventWriterOptions } from './event-writer.ts';
import { frameRecord } from './frame-record.ts';
import {
  bytesField,
  doubleField,
  type Field,
  floatField,
  integerField,
  join,
  messageField,
  textField,
} from './protobuf.ts';
import { TensorboardError } from './tensorboard-error.ts';

/**
 * Starts an event file.
 *
 * Scalars, histograms and images are written in the first, compact form (as PyTorch's SummaryWriter does), text and
 * hyperparameters in the only one.
 *
 * @throws TensorboardError for wrong options, here; for wrong arguments, in the call that has them
 * Source: the .proto files of tensorboard 2.21 (event, summary, tensor, plugins/hparams). Golden: test/golden.
 */
export function createEventWriter(options: EventWriterOptions): EventWriter {
  checkOptions(options, ['sink', 'clock', 'resumedAt']);
  const { sink, clock = Date.now, resumedAt } = options;
  checkArgument('options.sink', 'sink', sink);
  checkArgument('options.clock', 'function', clock);
  // Before the first record, so that a refused option leaves no file behind that says nothing.
  checkUpdate(resumedAt ?? 0);
  let closed = false;
  const seconds = (): number => {
    const milliseconds = clock();
    if (Number.isFinite(milliseconds)) return milliseconds / 1000;
    throw new TensorboardError(
      'tensorboard/invalid-argument',
      `options.clock: expected milliseconds since 1970; found ${String(milliseconds)}. Return a finite number.`,
      { argument: 'options.clock' },
    );
  };
  const record = (update: number, ...fields: readonly Field[]): void => {
    if (closed)
      throw new TensorboardError('tensorboard/closed', 'expected an open writer; found a closed one. Open another.');
    sink.write(frameRecord(join([doubleField(1, seconds()), integerField(2, checkUpdate(update)), ...fields])));
  };
  const summary = (at: EventPosition, values: readonly Field[]): void => {
    checkArgument('at', 'position', at);
    record(at.update, messageField(5, values));
  };
  const session = (name: string, content: readonly Field[]): Field =>
    value(`_hparams_/${name}`, messageField(8, nullTensor), messageField(9, plugin('hparams', content)));

  record(0, textField(3, 'brain.Event:2'));
  if (resumedAt !== undefined) record(resumedAt, messageField(7, [integerField(1, sessionStarted)]));
  return {
    log: (scalars, at) => {
      checkArgument('scalars', 'record', scalars);
      const values = Object.entries(scalars);
      summary(
        at,
        values.map(([tag, scalar]) => value(tag, floatField(2, checkScalar(tag, scalar)))),
      );
    },
    histogram: (tag, values, at, histogramOptions = {}) => {
      checkArgument('values', 'numbers', values);
      checkOptions(histogramOptions, ['buckets']);
      const { buckets = 30 } = histogramOptions;
      summary(at, [value(tag, messageField(5, encodeHistogram(tag, values, buckets)))]);
    },
    text: (tag, markdown, at) => {
      checkArgument('markdown', 'text', markdown);
      summary(at, [
        value(tag, messageField(8, textTensor(markdown)), messageField(9, [...plugin('text', []), tensorClass])),
      ]);
    },
    image: (tag, png, at) => {
      checkArgument('png', 'bytes', png);
      summary(at, [value(tag, messageField(4, encodeImage(tag, png)))]);
    },
    hyperparameters: (values, metricTags) => {
      checkArgument('values', 'record', values);
      checkArgument('metricTags', 'texts', metricTags);
      summary(start, [session('experiment', encodeExperiment(values, metricTags, seconds()))]);
      summary(start, [session('session_start_info', encodeSessionStart(values, seconds()))]);
    },
    endSession: (status) => summary(start, [session('session_end_info', encodeSessionEnd(status, seconds()))]),
    close: () => {
      if (!closed) sink.close();
      closed = true;
    },
  };
}

const start: EventPosition = { update: 0 };
/** SessionLog.START. */
const sessionStarted = 1;
/** DataClass DATA_CLASS_TENSOR. */
const tensorClass = integerField(4, 2);
/** A float of shape [0]: the hparams plugin reads the metadata only, but a value needs a tensor. */
const nullTensor = [integerField(1, 1), messageField(2, [messageField(2, [])])];

function value(tag: string, ...fields: readonly Field[]): Field {
  if (typeof tag === 'string' && tag !== '') return messageField(1, [textField(1, tag), ...fields]);
  throw new TensorboardError(
    'tensorboard/invalid-tag',
    `expected a tag that is not empty; found ${String(tag) || 'an empty text'}. Name what is logged.`,
  );
}

/** A DT_STRING tensor of rank 0. */
function textTensor(text: string): readonly Field[] {
  return [integerField(1, 7), messageField(2, []), textField(8, text, true)];
}

function plugin(name: string, content: readonly Field[]): readonly Field[] {
  const bytes = join(content);
  return [messageField(1, [textField(1, name), ...(bytes.length > 0 ? [bytesField(2, bytes)] : [])])];
}

function checkScalar(tag: string, scalar: unknown): number {
  if (typeof scalar === 'number') return scalar;
  throw new TensorboardError(
    'tensorboard/invalid-values',
    `scalar ${JSON.stringify(tag)}: expected a number; found ${typeof scalar}. Convert it, or log it as text.`,
    { tag },
  );
}

function checkUpdate(update: number): number {
  if (Number.isSafeInteger(update) && update >= 0) return update;
  throw new TensorboardError(
    'tensorboard/invalid-update',
    `expected the update to be a whole number ≥ 0; found ${String(update)}. Pass the completed updates.`,
    { update },
  );
}
