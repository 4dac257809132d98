export { createEventWriter } from './create-event-writer.ts';
export { createMemorySink } from './create-memory-sink.ts';
export type { Hyperparameter, SessionStatus } from './encode-hyperparameters.ts';
export type { EventSink, MemorySink } from './event-sink.ts';
export type { EventPosition, EventWriter, EventWriterOptions, HistogramOptions } from './event-writer.ts';
export { TensorboardError, type TensorboardErrorCode, type TensorboardErrorDetails } from './tensorboard-error.ts';
