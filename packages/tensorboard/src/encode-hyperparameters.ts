import { doubleField, type Field, integerField, messageField, textField } from './protobuf.ts';
import { TensorboardError } from './tensorboard-error.ts';

/** A hyperparameter as TensorBoard's table shows it. */
export type Hyperparameter = string | number | boolean;

/** How a run ended. */
export type SessionStatus = 'success' | 'failure';

/** DataType of hparams/api.proto. */
const types = { string: 1, boolean: 2, number: 3 } as const;
const statuses = { success: 1, failure: 2 } as const;

/** What the table compares: which hyperparameters there are, and which scalars measure the result. */
export function encodeExperiment(
  values: Readonly<Record<string, Hyperparameter>>,
  metricTags: readonly string[],
  seconds: number,
): readonly Field[] {
  const infos = Object.entries(values).map(([name, value]) =>
    messageField(4, [textField(1, name), integerField(4, typeOf(name, value))]),
  );
  const metrics = metricTags.map((tag) => messageField(5, [messageField(1, [textField(2, tag)])]));
  return [messageField(2, [doubleField(3, seconds), ...infos, ...metrics])];
}

/** The values of this run; a protobuf map, in the order of its keys. */
export function encodeSessionStart(
  values: Readonly<Record<string, Hyperparameter>>,
  seconds: number,
): readonly Field[] {
  const entries = Object.entries(values).sort(([left], [right]) => (left < right ? -1 : 1));
  const map = entries.map(([name, value]) =>
    messageField(1, [textField(1, name, true), messageField(2, [encodeValue(value)])]),
  );
  return [messageField(3, [...map, doubleField(5, seconds)])];
}

export function encodeSessionEnd(status: SessionStatus, seconds: number): readonly Field[] {
  if (!Object.hasOwn(statuses, status)) {
    throw new TensorboardError(
      'tensorboard/invalid-status',
      `expected the status success or failure; found ${String(status)}.`,
      { status },
    );
  }
  return [messageField(4, [integerField(1, statuses[status]), doubleField(2, seconds)])];
}

/** A `google.protobuf.Value`. */
function encodeValue(value: Hyperparameter): Field {
  if (typeof value === 'string') return textField(3, value, true);
  return typeof value === 'number' ? doubleField(2, value, true) : integerField(4, Number(value), true);
}

function typeOf(name: string, value: unknown): number {
  const type = types[typeof value as keyof typeof types];
  if (type !== undefined && (typeof value !== 'number' || Number.isFinite(value))) return type;
  throw new TensorboardError(
    'tensorboard/invalid-hyperparameter',
    `hyperparameter ${JSON.stringify(name)}: expected a text, a finite number or a boolean; found ${String(value)}. Convert or leave it out.`,
    { name },
  );
}
