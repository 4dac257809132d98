import { sgd } from '@nt/optim';
import { describe, expect, it } from 'vitest';
import { type CheckpointStorage, fit, listCheckpoints, readCheckpoint, TrainerError } from '../src/index.ts';
import { memoryStorage } from '../src/storage/memory/index.ts';
import { toyData, toySource } from './toy/toy-data.ts';
import { type ToyOptions, toyRun } from './toy/toy-run.ts';

const boom = (): never => {
  throw Object.assign(new RangeError('boom'), { code: 'EBOOM' });
};

/** A storage one of whose members fails as a user's own would. */
const storageWith = (member: keyof CheckpointStorage): CheckpointStorage => ({
  ...memoryStorage(),
  [member]: () => Promise.reject(Object.assign(new Error('boom'), { code: 'EBOOM' })),
});

const { options: usual, model } = toyRun();
const source = () => toySource(toyData(18));

/** Whatever is not the trainer's can fail at any of its calls. */
const failures: Record<string, [code: string, action: RegExp, options: () => Partial<ToyOptions>]> = {
  'the next batch': [
    'trainer/data',
    /get the next training batch/,
    () => ({ batches: { ...source(), batchesPerEpoch: 5, [Symbol.iterator]: boom } as never }),
  ],
  'the position of the batches': [
    'trainer/data',
    /position of the batches/,
    () => ({ batches: Object.assign(source(), { state: boom }), checkpoint: { storage: memoryStorage() } }),
  ],
  toTensors: ['trainer/data', /make the tensors of batch 0 of epoch 0/, () => ({ toTensors: boom })],
  weightOf: ['trainer/data', /weigh a batch/, () => ({ weightOf: boom })],
  describeBatch: ['trainer/data', /describe batch/, () => ({ describeBatch: boom, nanPolicy: 'skip' })],
  'validation batches': ['trainer/data', /next validation batch/, () => ({ validation: { batches: boom } })],
  lossOf: ['trainer/model', /loss and its gradients of batch 0 of epoch 0/, () => ({ lossOf: boom })],
  metricsOf: [
    'trainer/model',
    /metrics of validation batch 0/,
    () => ({ validation: { ...usual.validation!, metricsOf: boom } }),
  ],
  saveWeights: ['trainer/model', /read the model's weights/, () => ({ model: { ...model, saveWeights: boom } })],
  loadWeights: ['trainer/model', /load weights into the model/, () => ({ model: { ...model, loadWeights: boom } })],
  'a schedule': ['trainer/optimizer', /hyperparameters/, () => ({ transform: sgd({ learningRate: boom }) })],
  'a schedule that gives no number': [
    'trainer/optimizer',
    /sgd.learningRate: expected a finite number/,
    () => ({ transform: sgd({ learningRate: () => Number.NaN }) }),
  ],
  'a transform for nobody': [
    'trainer/optimizer',
    /never changes a weight/,
    () => ({ transform: { name: 'x', steps: [] } }),
  ],
  'the plateau observer': [
    'trainer/optimizer',
    /plateau observer/,
    () => ({ plateau: { observe: boom, state: () => ({}), restore: () => {} } }),
  ],
  ...Object.fromEntries(
    (['list', 'write', 'lock'] as const).map((member) => [
      `storage.${member}`,
      ['trainer/storage', /in memory \(EBOOM: boom\)/, () => ({ checkpoint: { storage: storageWith(member) } })] as [
        string,
        RegExp,
        () => Partial<ToyOptions>,
      ],
    ]),
  ),
};

describe('TrainerError is the only error thrown', () => {
  it.each(Object.entries(failures))('when %s fails', async (_, [code, action, options]) => {
    const run = toyRun({ maxEpochs: 2, ...options() });
    const error: unknown = await fit(run.options).catch((thrown: unknown) => thrown);
    expect(TrainerError.isInstance(error), String(error)).toBe(true);
    expect(error).toMatchObject({ code, message: expect.stringMatching(action) });
    expect((error as Error).cause).toBeInstanceOf(Error);
  });

  it.each<[string, unknown, string]>([
    ['a number', 3, 'number'],
    ['nothing', undefined, 'undefined'],
    ['a loss for each window', (usual.backend.ops as never as { ones: never }) && 'shape', 'shape [3]'],
  ])('when lossOf gives %s', async (_, loss, found) => {
    const lossOf: ToyOptions['lossOf'] = (_inputs, { ops }) =>
      loss === 'shape' ? ops.tensor([1, 2, 3], [3]) : (loss as never);
    const failing = fit(toyRun({ maxEpochs: 1, lossOf }).options);
    await expect(failing).rejects.toMatchObject({
      code: 'trainer/bad-shape',
      message: expect.stringContaining(`found ${found === 'shape [3]' ? 'a tensor of shape [3]' : found}`),
    });
  });

  it.each([Number.NaN, -1, 'x'])('when weightOf gives %s', async (weight) => {
    const failing = fit(toyRun({ maxEpochs: 1, weightOf: () => weight as never }).options);
    await expect(failing).rejects.toMatchObject({ code: 'trainer/bad-batch' });
  });

  it('also by the functions that read checkpoints', async () => {
    await expect(listCheckpoints(storageWith('list'))).rejects.toMatchObject({ code: 'trainer/storage' });
    await expect(readCheckpoint(storageWith('list'), 'last')).rejects.toMatchObject({ code: 'trainer/storage' });
  });

  it('but what onEvent throws is the caller’s own', async () => {
    const failing = fit({ ...toyRun({ maxEpochs: 1 }).options, onEvent: boom });
    await expect(failing).rejects.toBeInstanceOf(RangeError);
  });

  it('an error on the way out does not hide why a run has failed', async () => {
    const storage = storageWith('write');
    const lock: CheckpointStorage['lock'] = async () => ({ notices: [], release: async () => boom() });
    const failing = fit(toyRun({ maxEpochs: 1, checkpoint: { storage: { ...storage, lock } } }).options);
    await expect(failing).rejects.toThrow(/write checkpoint/);
    const closing = fit(toyRun({ maxEpochs: 1, checkpoint: { storage: { ...memoryStorage(), lock } } }).options);
    await expect(closing).rejects.toMatchObject({
      code: 'trainer/storage',
      message: expect.stringContaining('release'),
    });
  });
});

describe('a refused resume', () => {
  const observer = (restore = (_: object): void => {}) => ({ observe: () => {}, state: () => ({ bad: 1 }), restore });

  it.each<[string, () => Partial<ToyOptions>, string]>([
    ['another configuration', () => ({ config: { horizon: 2 } }), 'trainer/config-changed'],
    [
      'another optimizer with the same numbers',
      () => ({ transform: { ...sgd({ learningRate: 0.05, momentum: 0.9 }), name: 'adamw' } }),
      'trainer/config-changed',
    ],
    [
      'batches that refuse',
      () => ({ batches: Object.assign(source(), { restore: boom }) }),
      'trainer/foreign-checkpoint',
    ],
    ['a plateau observer that refuses', () => ({ plateau: observer(boom) }), 'trainer/foreign-checkpoint'],
  ])('of %s leaves the model and the batches as they were', async (_, changed, code) => {
    const storage = memoryStorage();
    const options = { maxEpochs: 2, checkpoint: { storage }, plateau: observer() };
    await fit(toyRun(options).options);
    const again = toyRun({ ...options, resumeFrom: 'last', ...changed() });
    const before = await again.model.saveWeights();
    const { tensors } = again.backend.memory();
    const position = again.options.batches.state();
    await expect(fit(again.options)).rejects.toMatchObject({ code });
    expect(await again.model.saveWeights()).toEqual(before);
    expect(again.options.batches.state()).toEqual(position);
    expect(again.backend.memory().tensors).toBe(tensors);
    await (await storage.lock()).release();
  });

  it('of a model that fails half-way has its old weights back', async () => {
    const storage = memoryStorage();
    await fit(toyRun({ maxEpochs: 1, checkpoint: { storage } }).options);
    const again = toyRun({ maxEpochs: 2, checkpoint: { storage }, resumeFrom: 'last' });
    const before = await again.model.saveWeights();
    let loads = 0;
    const half: ToyOptions['model'] = {
      ...again.model,
      loadWeights(arrays) {
        again.model.loadWeights(arrays);
        if (loads++ === 0) boom();
      },
    };
    await expect(fit({ ...again.options, model: half })).rejects.toMatchObject({ code: 'trainer/foreign-checkpoint' });
    expect(await again.model.saveWeights()).toEqual(before);
  });
});
