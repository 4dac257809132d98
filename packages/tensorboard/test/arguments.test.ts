import { describe, expect, it } from 'vitest';
import { createEventWriter, createMemorySink, type EventWriter, TensorboardError } from '../src/index.ts';

const at = { update: 1 };
const sink = createMemorySink();

describe('createEventWriter', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'runs'],
    ['a list', [sink]],
    ['no sink', {}],
    ['null as a sink', { sink: null }],
    ['a sink that cannot be closed', { sink: { write() {} } }],
    ['a clock that is a number', { sink, clock: 7 }],
    ['a clock that gives no number', { sink, clock: () => Number.NaN }],
    ['an unknown option', { sink, clok: Date.now }],
    ['an update that is none', { sink, resumedAt: -1 }],
  ])('refuses %s by its own error', (_, options) => {
    expect(() => createEventWriter(options as never)).toThrow(TensorboardError);
  });
});

/** Member → arguments of a wrong kind. */
const calls: Readonly<Record<Exclude<keyof EventWriter, 'close'>, readonly (readonly unknown[])[]>> = {
  log: [
    ...[undefined, null, 'loss', [1], 7].map((scalars) => [scalars, at]),
    ...[undefined, null, 7, {}, { update: '1' }, { update: 0.5 }].map((place) => [{ loss: 1 }, place]),
    ...['1', 1n, null, undefined, {}].map((scalar) => [{ loss: scalar }, at]),
  ],
  histogram: [
    ...[undefined, null, 7, 'abc', {}, new DataView(new ArrayBuffer(8)), ['a'], [1n], []].map((v) => ['w', v, at]),
    ...[undefined, '', 7, 7n, Symbol('t')].map((tag) => [tag, [1], at]),
    ...[null, 'x', { bucket: 3 }, { buckets: 0 }].map((options) => ['w', [1], at, options]),
    ['w', [1]],
  ],
  text: [...[undefined, null, 7, {}].map((text) => ['note', text, at]), ['note', 'x'], [undefined, 'x', at]],
  image: [
    ...[undefined, null, 'png', [137, 80], new ArrayBuffer(64), new DataView(new ArrayBuffer(64))].map((png) => [
      'picture',
      png,
      at,
    ]),
    ['picture', new Uint8Array(64), at],
    ['picture', new Uint8Array(3), at],
  ],
  hyperparameters: [
    ...[undefined, null, [1], 'x', { lr: null }, { lr: undefined }, { lr: 1n }].map((values) => [values, []]),
    ...[undefined, null, 'loss', [7], {}].map((tags) => [{ lr: 1 }, tags]),
  ],
  endSession: [[undefined], [null], ['done'], [7]],
};

describe('the members of a writer', () => {
  it.each(
    Object.entries(calls).flatMap(([member, lists]) => lists.map((list, index) => [member, index, list] as const)),
  )('%s refuses wrong arguments by its own error, and writes nothing: %i', (member, _, list) => {
    const memory = createMemorySink();
    const writer = createEventWriter({ sink: memory });
    const before = memory.bytes().length;
    const call = writer[member as keyof EventWriter] as (...parameters: readonly unknown[]) => void;
    expect(() => call(...list)).toThrow(TensorboardError);
    expect(memory.bytes()).toHaveLength(before);
  });
});
