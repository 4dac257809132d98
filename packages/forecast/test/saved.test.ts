import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCsv } from '@nt/data';
import type { Backend, Tensor } from '@nt/tensor';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Evaluation,
  FittedForecaster,
  fromModelFiles,
  type ModelFiles,
  NhitsForecaster,
  type Predictor,
  toModelFiles,
} from '../src/index.ts';
import { loadModelFolder, saveEvaluation, saveModelFolder } from '../src/node/index.ts';
import { planAndFit } from './fit-quickly.ts';
import { tolerances } from './tolerances.ts';

const olds = fileURLToPath(new URL('old-models', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'nt-saved-'));
const at = (...names: string[]): string => join(folder, ...names);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const csv = (): Promise<Awaited<ReturnType<typeof readCsv>>> =>
  readCsv(readFileSync(join(olds, 'data.csv')), { id: 'id', target: 'y', historic: ['warmth'] });
const recipeOptions = { horizon: 3, inputSize: 6, model: { hiddenSize: 2, variant: 'paper' } } as const;

/** A network that was loaded. */
async function network(loaded: Promise<Predictor>): Promise<FittedForecaster> {
  const predictor = await loaded;
  if (predictor instanceof FittedForecaster) return predictor;
  throw new TypeError(`expected a network, found ${predictor.method}`);
}

let backend: Backend<Tensor>;
let model: FittedForecaster;
let files: ModelFiles;
beforeAll(async () => {
  backend = createReferenceBackend() as unknown as Backend<Tensor>;
  const set = await csv();
  const recipe = new NhitsForecaster(backend, recipeOptions);
  const training = { maxEpochs: 2, batchSize: 32, test: 0.2 };
  model = (await planAndFit(recipe, set, training)).forecaster;
  files = await toModelFiles(model, { evaluation: await model.evaluate(set) });
});
afterAll(async () => {
  model.dispose();
  await backend.dispose();
  rmSync(folder, { recursive: true });
});

describe('a saved model', () => {
  it('comes back with state, history, report and evaluation, and is saved again to the same bytes', async () => {
    const copy = await network(fromModelFiles(backend, files));
    expect(Object.keys(files).sort()).toEqual([
      'config.json',
      'data-report.json',
      'history.csv',
      'metrics.json',
      'model.safetensors',
    ]);
    expect(copy.history).toEqual(model.history);
    expect(new Set(copy.history.map(({ kind }) => kind))).toEqual(new Set(['train', 'epoch', 'validation']));
    expect(copy.records.report).toEqual(model.records.report);
    expect(copy.records.evaluation).toMatchObject({ horizon: 3, skill: { method: 'nhits' } });
    expect(copy.state.data.reading).toMatchObject({ id: 'id', target: 'y', time: 'ds', historic: ['warmth'] });
    expect(await toModelFiles(copy)).toEqual(files);
    copy.dispose();
  });

  it('works without the files for people', async () => {
    const { 'config.json': config, 'model.safetensors': weights } = files;
    const two = { 'config.json': config, 'model.safetensors': weights } as ModelFiles;
    const copy = await network(fromModelFiles(backend, two));
    expect([copy.history, copy.records.evaluation]).toEqual([[], null]);
    expect(await copy.predict(await csv())).toEqual(await model.predict(await csv()));
    copy.dispose();
  });

  it('may be formatted anew: what counts is the content', async () => {
    const config = JSON.parse(new TextDecoder().decode(files['config.json'])) as object;
    const turned = Object.fromEntries(Object.entries(config).reverse());
    (await fromModelFiles(backend, { ...files, 'config.json': bytes(JSON.stringify(turned)) })).dispose();
  });

  it.each(['config.json', 'model.safetensors', 'metrics.json', 'data-report.json', 'history.csv'] as const)(
    'of which %s was altered is refused, naming it',
    async (name) => {
      const text = files[name]!.slice();
      // A digit of a number, so that the file is as well formed as before.
      const place = name === 'model.safetensors' ? text.length - 1 : text.lastIndexOf(0x31);
      text[place] = text[place]! ^ 1;
      await expect(fromModelFiles(backend, { ...files, [name]: text })).rejects.toMatchObject({
        code: 'forecast/model-file',
        message: expect.stringContaining(`${name}: this is not the file that was saved`),
      });
    },
  );

  it.each([
    ['config.json', 'no json', /config\.json: expected JSON/],
    ['config.json', 'null', /version 1 to 3, found format 'undefined'/],
    ['config.json', '{"format":"other"}', /version 1 to 3, found format 'other'/],
    ['config.json', '{"format":"nt-forecaster","version":3}', /expected a complete/],
    ['config.json', '{"format":"nt-forecaster","version":4}', /version 4 was written by a newer version.*Update it/],
    ['model.safetensors', 'short', /model\.safetensors: this is not/],
  ] as const)('with a %s of "%s" is refused', async (name, content, message) => {
    await expect(fromModelFiles(backend, { ...files, [name]: bytes(content) })).rejects.toThrow(message);
  });

  it('without its weights says which file is missing', async () => {
    const { 'model.safetensors': _, ...rest } = files;
    await expect(fromModelFiles(backend, rest)).rejects.toThrow(/model\.safetensors: the file is missing/);
  });
});

describe('a model folder', () => {
  it('is replaced whole, and old files go', async () => {
    for (const name of ['model.json', 'weights.safetensors', 'metrics.json']) {
      await saveModelFolder(model, at('again'));
      writeFileSync(at('again', name), 'from before');
    }
    await saveModelFolder(model, at('again'));
    expect(readdirSync(at('again')).sort()).toEqual([
      'config.json',
      'data-report.json',
      'history.csv',
      'model.safetensors',
    ]);
    (await loadModelFolder(backend, at('again'))).dispose();
  });

  it('takes how its predictor was judged without being written anew', async () => {
    const evaluation = { rows: [], horizon: 2 } as unknown as Evaluation;
    await saveModelFolder(model, at('judged'));
    const weights = statSync(at('judged', 'model.safetensors'));
    for (let time = 0; time < 2; time++) await saveEvaluation(evaluation, at('judged'));
    expect(statSync(at('judged', 'model.safetensors')).mtimeMs).toBe(weights.mtimeMs);
    await saveModelFolder(model, at('judged-at-once'), { evaluation });
    expect(readdirSync(at('judged'))).toEqual(readdirSync(at('judged-at-once')));
    for (const name of readdirSync(at('judged')))
      expect(readFileSync(at('judged', name)), name).toEqual(readFileSync(at('judged-at-once', name)));
    await expect(saveEvaluation(evaluation, at('nowhere'))).rejects.toMatchObject({ code: 'forecast/no-model' });
    writeFileSync(at('judged', 'config.json'), '{"format":"nt-forecaster","version":3}');
    await expect(saveEvaluation(evaluation, at('judged'))).rejects.toMatchObject({ code: 'forecast/model-file' });
  });

  it('that was left before its config.json was written is no model; half of another is refused', async () => {
    await saveModelFolder(model, at('half'));
    const other = (
      await planAndFit(new NhitsForecaster(backend, { ...recipeOptions, seed: 2 }), await csv(), { maxEpochs: 1 })
    ).forecaster;
    await saveModelFolder(other, at('other'));
    other.dispose();
    writeFileSync(at('half', 'model.safetensors'), readFileSync(at('other', 'model.safetensors')));
    await expect(loadModelFolder(backend, at('half'))).rejects.toThrow(
      /^model\.safetensors: .*belongs to another model/,
    );
    rmSync(at('half', 'config.json'));
    await expect(loadModelFolder(backend, at('half'))).rejects.toMatchObject({ code: 'forecast/no-model' });
    await expect(loadModelFolder(backend, at('nowhere'))).rejects.toMatchObject({ code: 'forecast/no-model' });
  });
});

describe.each(['version-1', 'version-2'])('a folder of %s', (version) => {
  const wanted = JSON.parse(readFileSync(join(olds, version, 'forecast.json'), 'utf8')) as number[][];

  it('is read, forecasts what it did, and is saved as one of today', async () => {
    const old = await network(loadModelFolder(backend, join(olds, version)));
    const set = await csv();
    const forecast = await old.predict(set);
    forecast.series.forEach(({ values }, series) => {
      values.forEach((value, step) => {
        expect(Math.abs(value / wanted[series]![step]! - 1)).toBeLessThan(tolerances.oldModel);
      });
    });
    expect(old.state).toMatchObject({ version: 3, forecaster: { scalerScope: 'series', calendar: [] } });
    expect(old.state.data.reading).toEqual({ target: 'y', historic: ['warmth'], future: [], static: [] });
    await saveModelFolder(old, at(version));
    const copy = await loadModelFolder(backend, at(version));
    expect(await copy.predict(set)).toEqual(forecast);
    copy.dispose();
    old.dispose();
  });
});

it('an old model tells the levels of its columns of texts by the names of its inputs', async () => {
  const old = JSON.parse(readFileSync(join(olds, 'version-1', 'model.json'), 'utf8'));
  old.data.historic = ['warmth'];
  old.data.future = ['a=b', 'sky=rain', 'sky=a=b', 'sky=(unseen)'];
  const { migrateState } = await import('../src/saved/migrate-state.ts');
  expect(migrateState(old).data.reading).toEqual({
    target: 'y',
    historic: ['warmth'],
    future: ['a=b', 'sky'],
    static: [],
    levels: { sky: ['rain', 'a=b'] },
  });
});
