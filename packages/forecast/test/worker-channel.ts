import type { Backend, Tensor } from '@nt/tensor';
import type { CheckpointStorage } from '@nt/trainer';
import { memoryStorage } from '@nt/trainer/storage/memory';
import { connectForecaster, type ForecasterClient, type OwnMethod, serveForecaster } from '../src/worker/index.ts';

/** What outlives a worker, as the browser's storage does. */
export type Places = Map<string, CheckpointStorage>;

/**
 * A client and its worker's code on one thread, with messages cloned between them as a browser does. There is one engine
 * on a thread, so it is the caller's.
 */
export function openChannel(
  engine: Backend<Tensor> | (() => Promise<Backend<Tensor>>),
  places: Places = new Map(),
  methods: Readonly<Record<string, OwnMethod>> = {},
): ForecasterClient & { close(): void } {
  const { port1, port2 } = new MessageChannel();
  serveForecaster({
    port: port1,
    methods,
    createEngine: async (wish) => ({
      backend: typeof engine === 'function' ? await engine() : engine,
      reason: wish ?? 'the only one',
    }),
    openStorage: (folder) => {
      if (!places.has(folder)) places.set(folder, memoryStorage());
      return places.get(folder)!;
    },
  });
  return Object.assign(connectForecaster(port2), { close: () => port1.close() });
}

/** Three years of days with a week in them, as CSV. */
export function weekCsv(steps = 400, change = (line: string, _step: number): string => line): string {
  const lines = Array.from({ length: steps }, (_, step) => {
    const day = new Date(Date.UTC(2023, 0, 1 + step)).toISOString().slice(0, 10);
    const value = 100 + 25 * Math.sin((2 * Math.PI * step) / 7) + 8 * Math.sin(step * 12.9898);
    return change(`${day},${value.toFixed(3)}`, step);
  });
  return `date,sales\n${lines.join('\n')}\n`;
}

/** Something that trains in a moment. */
export const smallRun = {
  forecaster: { horizon: 7, inputSize: 28, model: { hiddenSize: 16 } },
  plan: { maxEpochs: 8, batchSize: 32, learningRate: 5e-3, validation: 0.2, test: 0.2, patience: 0 },
} as const;
