import { describe, expect, expectTypeOf, it } from 'vitest';
import { crc32c } from '../src/crc32c.ts';
import {
  createEventWriter,
  createMemorySink,
  type EventWriter,
  TensorboardError,
  type TensorboardErrorCode,
} from '../src/index.ts';

const at = { update: 1 };

/** As the trainer declares it. */
interface Logger {
  log(
    scalars: Readonly<Record<string, number>>,
    at: { readonly update: number; readonly epoch: number },
  ): void | Promise<void>;
  close?(): void | Promise<void>;
}

function refusal(code: TensorboardErrorCode, run: () => unknown): TensorboardError {
  try {
    run();
  } catch (error) {
    if (!TensorboardError.isInstance(error)) throw error;
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/expected .*found /s);
    return error;
  }
  throw new Error(`expected ${code}; nothing was thrown`);
}

describe('crc32c', () => {
  it('gives the check values of RFC 3720', () => {
    expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(new Uint8Array())).toBe(0);
  });
});

describe('createEventWriter', () => {
  it('fits the trainer as a logger', () => {
    expectTypeOf<EventWriter>().toExtend<Logger>();
  });

  it('hands every call to the sink at once, as one record', () => {
    const writes: number[] = [];
    const sink = { write: (bytes: Uint8Array) => writes.push(bytes.length), close: () => {} };
    const writer = createEventWriter({ sink });
    expect(writes).toHaveLength(1);
    writer.log({ a: 1, b: 2 }, at);
    expect(writes).toHaveLength(2);
    writer.text('note', 'x', at);
    expect(writes).toHaveLength(3);
  });

  it('takes its times from the clock', () => {
    const [early, late] = [0, 1e12].map((now) => {
      const sink = createMemorySink();
      createEventWriter({ sink, clock: () => now });
      return sink.bytes();
    });
    expect(early).not.toEqual(late);
    expect(new DataView(late!.buffer).getFloat64(13, true)).toBe(1e9);
  });

  it('writes a restart only when it is told of one', () => {
    const sizes = [{}, { resumedAt: 0 }, { resumedAt: 500 }].map((option) => {
      const sink = createMemorySink();
      createEventWriter({ sink, clock: () => 0, ...option });
      return sink.bytes().length;
    });
    expect(sizes).toEqual([31, 31 + 20, 31 + 23]);
  });

  it('lets errors of the sink reach the caller', () => {
    const full = (): never => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    };
    expect(() => createEventWriter({ sink: { write: full, close: () => {} } })).toThrow('no space');
  });

  it('closes its sink once, and refuses to log afterwards', () => {
    let closed = 0;
    const writer = createEventWriter({
      sink: {
        write: () => {},
        close: () => {
          closed += 1;
        },
      },
    });
    writer.close();
    writer.close();
    expect(closed).toBe(1);
    refusal('tensorboard/closed', () => writer.log({ a: 1 }, at));
  });

  it('puts as many values into as many buckets as it is told', () => {
    const sizes = [undefined, 30, 60].map((buckets) => {
      const sink = createMemorySink();
      const writer = createEventWriter({ sink, clock: () => 0 });
      writer.histogram('a', [1, 2, 3], at, buckets === undefined ? {} : { buckets });
      return sink.bytes().length;
    });
    expect(sizes[0]).toBe(sizes[1]);
    expect(sizes[2]! - sizes[1]!).toBeGreaterThanOrEqual(30 * 16);
  });
});

describe('a writer refuses', () => {
  const writer = createEventWriter({ sink: createMemorySink() });
  const png = new Uint8Array(40);

  it.each<readonly [string, TensorboardErrorCode, () => unknown]>([
    ['an empty tag', 'tensorboard/invalid-tag', () => writer.log({ '': 1 }, at)],
    ['a negative update', 'tensorboard/invalid-update', () => writer.log({ a: 1 }, { update: -1 })],
    ['a fractional update', 'tensorboard/invalid-update', () => writer.text('a', 'b', { update: 0.5 })],
    ['a missing update', 'tensorboard/invalid-update', () => writer.text('a', 'b', {} as never)],
    ['a scalar that is a text', 'tensorboard/invalid-values', () => writer.log({ a: '1' as never }, at)],
    ['a histogram of nothing', 'tensorboard/invalid-values', () => writer.histogram('a', [], at)],
    ['a histogram with NaN', 'tensorboard/invalid-values', () => writer.histogram('a', [1, Number.NaN], at)],
    ['no buckets', 'tensorboard/invalid-buckets', () => writer.histogram('a', [1], at, { buckets: 0 })],
    ['half a bucket', 'tensorboard/invalid-buckets', () => writer.histogram('a', [1], at, { buckets: 1.5 })],
    ['a JPEG', 'tensorboard/not-png', () => writer.image('a', png.fill(0xff), at)],
    ['a cut PNG', 'tensorboard/not-png', () => writer.image('a', png.subarray(0, 8), at)],
    [
      'a list as hyperparameter',
      'tensorboard/invalid-hyperparameter',
      () => writer.hyperparameters({ a: [1] as never }, []),
    ],
    [
      'NaN as hyperparameter',
      'tensorboard/invalid-hyperparameter',
      () => writer.hyperparameters({ a: Number.NaN }, []),
    ],
    ['another status', 'tensorboard/invalid-status', () => writer.endSession('running' as never)],
    [
      'a negative restart',
      'tensorboard/invalid-update',
      () => createEventWriter({ sink: createMemorySink(), resumedAt: -1 }),
    ],
  ])('%s: %s', (_, code, run) => {
    refusal(code, run);
  });

  it('unknown options, naming the nearest', () => {
    const options = { sink: createMemorySink(), resumeAt: 3 } as never;
    expect(refusal('tensorboard/unknown-option', () => createEventWriter(options)).details['nearest']).toBe(
      'resumedAt',
    );
    refusal('tensorboard/unknown-option', () => writer.histogram('a', [1], at, { bucket: 3 } as never));
  });
});

describe('TensorboardError.isInstance', () => {
  it('knows errors of a second copy of the package, and nothing else', () => {
    const foreign = Object.assign(new Error('x'), { [Symbol.for('nt.tensorboard-error')]: true });
    expect(TensorboardError.isInstance(foreign)).toBe(true);
    expect(TensorboardError.isInstance(new Error('x'))).toBe(false);
    expect(TensorboardError.isInstance(undefined)).toBe(false);
  });
});
