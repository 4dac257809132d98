import { readdirSync, readFileSync } from 'node:fs';
import { DataError } from '@nt/data';
import { LayersError } from '@nt/layers';
import { parse, serialize } from '@nt/safetensors';
import { createReferenceBackend } from '@nt/tensor/reference';
import { expect, it } from 'vitest';
import { ForecastError } from '../src/index.ts';
import { fromNeuralforecastFiles } from '../src/neuralforecast/index.ts';

type Files = Readonly<Record<string, Uint8Array>>;
type Json = Readonly<Record<string, unknown>>;

const folder = new URL('golden/neuralforecast/', import.meta.url);
const backend = createReferenceBackend();

function readFolder(name: string): Files {
  const names = readdirSync(new URL(`${name}/`, folder)).filter((file) => file !== 'expected.json');
  const read = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(`${name}/${file}`, folder)));
  return Object.fromEntries(names.map((file) => [file, read(file)]));
}

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const decode = (bytes: Uint8Array): Json => JSON.parse(new TextDecoder().decode(bytes));

/** The folder with other hyper-parameters or arrays in its model. */
function withModel(
  files: Files,
  change: (saved: { hyper: Json; arrays: Record<string, unknown>; modelClass: string }) => object,
): Files {
  const name = Object.keys(files).find((file) => /_0\.safetensors$/.test(file))!;
  const { tensors, metadata } = parse(files[name]!);
  const before = {
    hyper: JSON.parse(metadata!.get('hyper_parameters')!) as Json,
    arrays: Object.fromEntries(tensors) as Record<string, unknown>,
    modelClass: metadata!.get('model_class')!,
  };
  const { hyper, arrays, modelClass } = { ...before, ...change(before) };
  const said = { ...Object.fromEntries(metadata!), hyper_parameters: JSON.stringify(hyper), model_class: modelClass };
  return { ...files, [name]: serialize(arrays as never, said) };
}

/** What is read, `null` where it can be, or what was thrown. */
async function problemOf(files: Files): Promise<unknown> {
  try {
    (await fromNeuralforecastFiles(backend, files)).dispose();
    return null;
  } catch (error) {
    return error;
  }
}

const isNamed = (error: unknown): boolean =>
  error === null ||
  DataError.isInstance(error) ||
  ForecastError.isInstance(error) ||
  LayersError.isInstance(error) ||
  /^(nhits|nbeats)\//.test(String((error as { code?: unknown }).code));

const wrong = [
  undefined,
  null,
  'constructor',
  7.5,
  -1,
  1e9,
  true,
  [],
  [null],
  ['__proto__'],
  {},
  { cls: 'constructor' },
];

const read = ['covariates', 'quantiles', 'nbeats_quantiles'];

it.each(read)(
  '%s: whatever a folder says in the place of a hyper-parameter or setting, an error names it',
  async (name) => {
    const files = readFolder(name);
    const document = decode(files['configuration.json']!) as { configuration: Json };
    const raw: string[] = [];
    const note = (what: string, error: unknown): void => {
      if (!isNamed(error)) raw.push(`${what}: ${String(error)}`);
    };
    let hyper: Json = {};
    withModel(files, (saved) => {
      hyper = saved.hyper;
      return {};
    });
    for (const key of Object.keys(hyper)) {
      for (const value of wrong) {
        const changed = withModel(files, (saved) => ({ hyper: { ...saved.hyper, [key]: value } }));
        note(`${key} = ${JSON.stringify(value)}`, await problemOf(changed));
      }
    }
    for (const key of Object.keys(document.configuration)) {
      for (const value of wrong) {
        const configuration = { ...document.configuration, [key]: value };
        const changed = { ...files, 'configuration.json': encode({ ...document, configuration }) };
        note(`configuration.${key} = ${JSON.stringify(value)}`, await problemOf(changed));
      }
    }
    expect(raw).toEqual([]);
  },
  60_000,
);

it.each(read)('%s: an array that is missing or of another shape is named', async (name) => {
  const files = readFolder(name);
  let arrays: Record<string, unknown> = {};
  withModel(files, (saved) => {
    ({ arrays } = saved);
    return {};
  });
  const first = { shape: [1], dtype: 'float32', data: new Float32Array(1) };
  const scalar = { shape: [], dtype: 'float32', data: new Float32Array(1) };
  for (const key of Object.keys(arrays).filter((one) => one.startsWith('blocks.'))) {
    const isSlope = (arrays[key] as { shape: readonly number[] }).shape.join() === '1';
    const changes: unknown[] = [undefined, scalar, ...(isSlope ? [] : [first])];
    for (const array of changes) {
      const { [key]: _, ...others } = arrays;
      const changed = withModel(files, () => ({ arrays: array === undefined ? others : { ...others, [key]: array } }));
      const error = await problemOf(changed);
      expect(isNamed(error), `${key}: ${String(error)}`).toBe(true);
      if (error !== null) expect(String(error)).toContain(key);
    }
  }
});

it('a class that is the name of something of every object is none', async () => {
  const error = await problemOf(withModel(readFolder('covariates'), () => ({ modelClass: 'constructor' })));
  expect(String(error)).toMatch(/is a constructor; there are NHITS and NBEATS/);
});
