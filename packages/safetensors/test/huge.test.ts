import { describe, expect, it } from 'vitest';
import { parse, type SafetensorsErrorCode, serialize } from '../src/index.ts';
import { fileOf, refusal } from './refusal.ts';

const million = 1_000_000;
const long = 'n'.repeat(2 * million);
const entry = '{"dtype":"U8","shape":[0],"data_offsets":[0,0]}';
const many = (count: number, field: (index: number) => string): string =>
  `{${Array.from({ length: count }, (_, index) => field(index)).join(',')}}`;

/** Headers in which one thing is huge. Eight million keys took 1.6 GB and 20 s before names had a limit. */
const headers: readonly (readonly [string, SafetensorsErrorCode, () => string])[] = [
  [
    'more than a million keys of metadata',
    'safetensors/header-too-large',
    () => `{"__metadata__":${many(million + 1, (index) => `"${index}":""`)}}`,
  ],
  ['too many tensors', 'safetensors/header-too-large', () => many(million + 1, (index) => `"${index}":${entry}`)],
  ['a name', 'safetensors/invalid-header', () => `{"${long}":1}`],
  ['a name of escapes', 'safetensors/invalid-header', () => `{"${'\\u0001'.repeat(million)}":1}`],
  [
    'a name of a tensor without a byte',
    'safetensors/out-of-range',
    () => `{"${long}":${entry.replaceAll('0', '1').replace('[1,', '[0,')}}`,
  ],
  ['a name with half a surrogate pair', 'safetensors/invalid-name', () => `{"${long}\\ud800":${entry}}`],
  ['a name twice', 'safetensors/duplicate-name', () => `{"${long}":${entry},"${long}":${entry}}`],
  ['a dtype', 'safetensors/unknown-dtype', () => `{"${long}":${entry.replace('U8', long)}}`],
  ['a field', 'safetensors/invalid-header', () => `{"a":{"${long}":1}}`],
  ['fields', 'safetensors/invalid-header', () => `{"a":${many(100_000, (index) => `"${index}":1`)}}`],
  ['a shape', 'safetensors/invalid-header', () => `{"a":${entry.replace('[0]', `[${'0,'.repeat(million)}0]`)}}`],
  ['a size', 'safetensors/invalid-header', () => `{"a":${entry.replace('[0]', `[${'9'.repeat(million)}]`)}}`],
  ['a text as a size', 'safetensors/invalid-shape', () => `{"a":${entry.replace('[0]', `["${long}"]`)}}`],
  [
    'offsets',
    'safetensors/invalid-offsets',
    () => `{"a":${entry.replace('[0,0]', `["${long}",${'0,'.repeat(200)}0]`)}}`,
  ],
  ['a key of metadata', 'safetensors/invalid-metadata', () => `{"__metadata__":{"${long}":1}}`],
  ['something that is no JSON', 'safetensors/invalid-header', () => `{${long}`],
];

describe('a file in which something is huge', () => {
  it.each(headers)('is refused in a short message: %s', { timeout: 60_000 }, (_, code, header) => {
    const error = refusal(code, () => parse(fileOf(header())));
    expect(error.message.length).toBeLessThan(1500);
    expect(JSON.stringify(error.details).length).toBeLessThan(1500);
  });

  it('is read when it is only long: names, metadata, padding', () => {
    const file = parse(fileOf(`{"__metadata__":{"${long}":"${long}\\n"},"${long}":${entry}}${' '.repeat(million)}`));
    expect(file.metadata?.get(long)).toBe(`${long}\n`);
    expect(file.tensors.get(long)?.data).toHaveLength(0);
  });
});

describe('serialize', () => {
  const empty = { shape: [0], dtype: 'uint8', data: new Uint8Array(0) };

  it.each([
    ['a name of a wrong shape', 'safetensors/invalid-shape', { [long]: { ...empty, shape: [-1] } }, {}],
    ['a shape', 'safetensors/invalid-shape', { a: { ...empty, shape: new Array<number>(million).fill(0) } }, {}],
    ['a dtype', 'safetensors/unknown-dtype', { a: { ...empty, dtype: long } }, {}],
    ['half a surrogate pair', 'safetensors/invalid-name', { [`${long}\ud800`]: empty }, {}],
    ['a key of a wrong text', 'safetensors/invalid-metadata', {}, { [long]: 1 as unknown as string }],
    ['texts above what one text can hold', 'safetensors/header-too-large', {}, { a: '\0'.repeat(90 * million) }],
  ] as const)('refuses it in a short message: %s', (_, code, arrays, metadata) => {
    const error = refusal(code, () => serialize(arrays, metadata));
    expect(error.message.length).toBeLessThan(1500);
    expect(JSON.stringify(error.details).length).toBeLessThan(1500);
  });

  it('refuses a file that no memory can hold', () => {
    const data = new Uint8Array(2 ** 30); // of zeros nobody touches, so that it takes no memory
    const array = { shape: [2 ** 30], dtype: 'uint8', data };
    const arrays = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`t${index}`, array]));
    refusal('safetensors/too-large', () => serialize(arrays));
  });

  it('writes nothing that could not be read again: more names than a reader takes', () => {
    const names = new Map(Array.from({ length: million + 1 }, (_, index) => [`${index}`, '']));
    refusal('safetensors/header-too-large', () => serialize({}, names));
  });
});
