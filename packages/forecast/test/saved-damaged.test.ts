import { windows } from '@nt/data';
import { createReferenceBackend } from '@nt/tensor/reference';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  conformal,
  drift,
  ensemble,
  fromModelFiles,
  type ModelFiles,
  NhitsForecaster,
  naive,
  type Predictor,
  seasonalNaive,
  toModelFiles,
} from '../src/index.ts';
import { writeConfig } from '../src/saved/config-file.ts';
import { planAndFit } from './fit-quickly.ts';
import { madeSeries } from './made-series.ts';

type Path = readonly (string | number)[];

const backend = createReferenceBackend();
const set = madeSeries(60);
const calibration = windows(set, { inputSize: 1, horizon: 2 });
const make: Readonly<Record<string, () => Promise<Predictor>>> = {
  baseline: async () => seasonalNaive(2, 7),
  ensemble: async () => ensemble([naive(2), drift(2)]),
  'scaled conformal': async () => conformal(naive(2), calibration, { seasonLength: 7 }),
  network: async () => {
    const recipe = new NhitsForecaster(backend, {
      horizon: 2,
      inputSize: 4,
      model: { hiddenSize: 2, variant: 'paper' },
    });
    return (await planAndFit(recipe, set, { maxEpochs: 1, batchSize: 32 })).forecaster;
  },
};

let before: number;
beforeAll(() => {
  before = backend.memory().tensors;
});
afterAll(() => backend.dispose());

/** Every place of a JSON value, lists no further than their first. */
function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()].slice(0, 1) : Object.entries(value);
  return [path, ...entries.flatMap(([key, inner]) => places(inner, [...path, key]))];
}

function replaced(content: object, path: Path, value: unknown): Record<string, unknown> {
  const copy = structuredClone(content);
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as typeof at;
  if (value === undefined) delete at[path.at(-1)!];
  else at[path.at(-1)!] = value;
  return copy as Record<string, unknown>;
}

it.each(Object.keys(make))(
  'whatever a signed config.json of a %s says, it is refused by name or taken',
  async (kind) => {
    const predictor = await make[kind]!();
    const files = await toModelFiles(predictor);
    predictor.dispose();
    const {
      format: _,
      version: __,
      files: ___,
      sha256: ____,
      ...content
    } = JSON.parse(new TextDecoder().decode(files['config.json']));
    const beside = Object.fromEntries(
      Object.entries(files).filter(([path]) => path !== 'config.json' && !/^members\/\d+\/(?!config)/.test(path)),
    );
    const unnamed: string[] = [];
    for (const path of places(content).filter(({ length }) => length > 0)) {
      for (const value of [undefined, null, 'x', -1, [], {}]) {
        const config = await writeConfig(replaced(content, path, value) as never, beside);
        try {
          (await fromModelFiles(backend, { ...files, 'config.json': config } as ModelFiles)).dispose();
        } catch (error) {
          const { code } = error as { readonly code?: unknown };
          if (typeof code !== 'string') unnamed.push(`${path.join('.')} = ${JSON.stringify(value)}: ${error}`);
        }
      }
    }
    expect(unnamed).toEqual([]);
    expect(backend.memory().tensors).toBe(before);
  },
);
