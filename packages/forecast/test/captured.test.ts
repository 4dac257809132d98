import { type CpuPrecision, createCpuBackend, type KernelSetName } from '@nt/backend-cpu';
import { createNhits } from '@nt/nhits';
import { adamw, exponentialMovingAverage } from '@nt/optim';
import { type Json, type Tensor, uniformValues } from '@nt/tensor';
import { type BatchSource, type TrainResult, train } from '@nt/trainer';
import { mae } from '@nt/trainer/losses';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { describe, expect, it, onTestFinished } from 'vitest';

const long = process.env['NT_LONG'] === '1';
const updates = long ? 1000 : 60;
const timeout = long ? 3_600_000 : 120_000;

interface Windows {
  readonly size: number;
  readonly input: Float32Array;
  readonly target: Float32Array;
}

const [inputSize, horizon, batchesPerEpoch] = [48, 12, 7];

function windows(size: number, counter: number): Windows {
  const noise = (count: number, stream: number): Float32Array =>
    Float32Array.from(uniformValues(count, { seed: stream, counter }), (u, i) => Math.sin(i / 5 + counter) + u / 4);
  return { size, input: noise(size * inputSize, 1), target: noise(size * horizon, 2) };
}

/** Six whole batches and a smaller one in each epoch. */
function source(): BatchSource<Windows> {
  let drawn = 0;
  return {
    batchesPerEpoch,
    get epoch() {
      return Math.floor(drawn / batchesPerEpoch);
    },
    get position() {
      return drawn % batchesPerEpoch;
    },
    state: () => drawn,
    restore: (state: Json) => {
      drawn = state as number;
    },
    *[Symbol.iterator]() {
      do {
        const size = drawn % batchesPerEpoch === batchesPerEpoch - 1 ? 20 : 32;
        yield windows(size, drawn++);
      } while (drawn % batchesPerEpoch !== 0);
    },
  };
}

interface Setting {
  readonly kernels: KernelSetName | 'native';
  readonly threads: number;
  readonly capture: 'auto' | false;
  readonly accumulate?: number;
  /** Ends the program there and resumes it in another one. */
  readonly killedAt?: number;
  readonly precision?: CpuPrecision;
  /** Of the program that resumes. */
  readonly laterPrecision?: CpuPrecision;
}

interface Outcome {
  readonly weights: Record<string, readonly number[]>;
  readonly result: Omit<TrainResult, 'seconds' | 'checkpointSeconds' | 'capture'>;
  readonly capture: TrainResult['capture'];
}

async function trained(setting: Setting): Promise<Outcome> {
  const { kernels, threads, capture, accumulate = 1, killedAt, precision = 'float32' } = setting;
  const { laterPrecision = precision } = setting;
  let backend = await createCpuBackend({ kernels, threads, precision });
  onTestFinished(() => backend.dispose());
  const before = backend.memory();
  const storage = memoryStorage();
  const program = async (end: number, isResumed: boolean): Promise<Outcome> => {
    const model = createNhits<Tensor>(backend.ops as never, {
      inputSize,
      horizon,
      hiddenSize: 32,
      dropoutProbTheta: 0.2,
    });
    const held = [windows(64, 1000), windows(64, 1001), windows(9, 1002)];
    const events = train({
      backend: backend as never,
      model,
      batches: source(),
      capture,
      accumulate,
      transform: adamw({ learningRate: (completed) => 0.01 / (1 + completed / 20), weightDecay: 0.02 }),
      averaging: exponentialMovingAverage({ decay: 0.9 }),
      gradientClipNorm: 0.5,
      gradientClipValue: 0.05,
      nanPolicy: 'skip',
      maxUpdates: updates,
      logEvery: 7,
      seed: 5,
      toTensors: ({ size, input, target }, ops) => ({
        window: { input: ops.tensor(input, [size, inputSize]) },
        target: ops.tensor(target, [size, horizon]),
      }),
      lossOf: ({ window, target }, { ops, training, random }) =>
        mae(ops, model.forward(window, { training, random }), target),
      validation: { batches: () => held, everyUpdates: 10 },
      checkpoint: { storage, everyUpdates: 10 },
      ...(isResumed && { resumeFrom: 'last' }),
    });
    let last: TrainResult | undefined;
    try {
      for await (const event of events) {
        if (event.type === 'run-end') last = event.result;
        if (event.type === 'update-end' && event.update >= end) break;
      }
      const saved = Object.entries(await model.saveWeights()).map(([name, { data }]) => [name, [...data]] as const);
      const { seconds: _, checkpointSeconds: __, capture: reports, ...result } = last ?? ({} as TrainResult);
      return { weights: Object.fromEntries(saved), result, capture: reports };
    } finally {
      model.dispose();
    }
  };
  if (killedAt) await program(killedAt, false);
  if (laterPrecision !== precision) {
    await backend.dispose();
    backend = await createCpuBackend({ kernels, threads, precision: laterPrecision });
  }
  const outcome = await program(Number.POSITIVE_INFINITY, killedAt !== undefined);
  expect(backend.memory()).toEqual(before);
  await backend.dispose();
  return outcome;
}

describe.each<[KernelSetName | 'native', number]>(
  long
    ? (['native-avx512', 'native-avx2', 'native-sse2', 'wasm-relaxed', 'wasm'] as const).flatMap((set) => [
        [set, 1] as [KernelSetName, number],
        [set, 2] as [KernelSetName, number],
      ])
    : [
        ['wasm', 2],
        ['wasm', 1],
      ],
)('captured training with everything on, %s, %i threads', { timeout }, (kernels, threads) => {
  it('has the bits of eager training, validation and checkpoints included', async () => {
    const eager = await trained({ kernels, threads, capture: false });
    const captured = await trained({ kernels, threads, capture: 'auto' });
    expect(captured.weights).toEqual(eager.weights);
    expect(captured.result).toEqual(eager.result);
    expect(eager.capture).toBe(null);
    const { gradients, updates: update } = captured.capture!;
    expect([gradients.reason, update!.reason]).toEqual([undefined, undefined]);
    expect(gradients.replays).toBeGreaterThan(updates / 2);
    expect(update!.replays).toBeGreaterThan(updates / 3);
  });

  it('also when it is killed and resumed in the middle', async () => {
    const eager = await trained({ kernels, threads, capture: false });
    const resumed = await trained({ kernels, threads, capture: 'auto', killedAt: Math.floor(updates / 2) + 3 });
    expect(resumed.weights).toEqual(eager.weights);
  });

  it('also with gradients that are accumulated', async () => {
    const eager = await trained({ kernels, threads, capture: false, accumulate: 3 });
    const captured = await trained({ kernels, threads, capture: 'auto', accumulate: 3 });
    expect(captured.weights).toEqual(eager.weights);
    expect(captured.result).toEqual(eager.result);
    expect(captured.capture!.gradients.replays).toBeGreaterThan(updates);
  });
});

describe('in mixed-bfloat16', { timeout }, () => {
  const precision = 'mixed-bfloat16';

  it('captured, on two threads, and killed and resumed in the middle: the same bits', async () => {
    const eager = await trained({ kernels: 'native', threads: 1, capture: false, precision });
    const captured = await trained({ kernels: 'native', threads: 2, capture: 'auto', precision });
    expect([captured.weights, captured.result]).toEqual([eager.weights, eager.result]);
    const resumed = await trained({ kernels: 'native', threads: 2, capture: 'auto', precision, killedAt: 33 });
    expect(resumed.weights).toEqual(eager.weights);
    expect((await trained({ kernels: 'native', threads: 1, capture: false })).weights).not.toEqual(eager.weights);
  });

  it.each([
    ['float32', precision],
    [precision, 'float32'],
  ] as const)('a run in %s is not resumed in %s', async (first, laterPrecision) => {
    const setting = { kernels: 'wasm', threads: 1, capture: 'auto', killedAt: 33, precision: first } as const;
    await expect(trained({ ...setting, laterPrecision })).rejects.toThrow(/precision/);
  });
});
