import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, SafetensorsError, type SafetensorsErrorCode, serialize } from '../src/index.ts';
import { fileOf, refusal } from './refusal.ts';

const entry = (begin: number, end: number, shape = `[${end - begin}]`): string =>
  `{"dtype":"U8","shape":${shape},"data_offsets":[${begin},${end}]}`;
const bytes = (count: number): Uint8Array => new Uint8Array(count);
const utf8 = (...codes: number[]): Uint8Array => Uint8Array.of(...codes);

const files: readonly (readonly [string, SafetensorsErrorCode, Uint8Array])[] = [
  ['nothing', 'safetensors/truncated', bytes(0)],
  ['seven bytes', 'safetensors/truncated', bytes(7)],
  ['a header of 2^64 - 1 bytes', 'safetensors/header-too-large', fileOf('{}', bytes(0), 2n ** 64n - 1n)],
  ['a header one byte above the limit', 'safetensors/header-too-large', fileOf('{}', bytes(0), 100_000_001n)],
  ['a header longer than the file', 'safetensors/truncated', fileOf('{}', bytes(0), 3n)],
  ['a header that is no UTF-8', 'safetensors/not-utf8', fileOf(utf8(0x7b, 0x22, 0xff, 0x22, 0x7d))],
  ['an overlong UTF-8 form', 'safetensors/not-utf8', fileOf(utf8(0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x7d))],
  ['a surrogate in UTF-8', 'safetensors/not-utf8', fileOf(utf8(0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d))],
  ['a byte order mark', 'safetensors/invalid-header', fileOf('\ufeff{}')],
  ['no header', 'safetensors/invalid-header', fileOf('')],
  ['space before the header', 'safetensors/invalid-header', fileOf(' {}')],
  ['a header that is an array', 'safetensors/invalid-header', fileOf('[]')],
  ['a cut header', 'safetensors/invalid-header', fileOf('{"a":')],
  ['a string without end', 'safetensors/invalid-header', fileOf('{"a\\"')],
  ['a string with a bad escape', 'safetensors/invalid-header', fileOf('{"\\x":1}')],
  ['a string with a control character', 'safetensors/invalid-header', fileOf('{"\n":1}')],
  ['half a surrogate pair as a name', 'safetensors/invalid-name', fileOf(`{"\\ud83d":${entry(0, 0)}}`)],
  ['the other half inside a name', 'safetensors/invalid-name', fileOf(`{"a\\uDE00b":${entry(0, 0)}}`)],
  ['two halves in the wrong order', 'safetensors/invalid-name', fileOf(`{"\\ude00\\ud83d":${entry(0, 0)}}`)],
  ['half a pair before a whole one', 'safetensors/invalid-name', fileOf(`{"\\ud83d\\ud83d\\ude00":${entry(0, 0)}}`)],
  ['half a pair as a metadata key', 'safetensors/invalid-name', fileOf('{"__metadata__":{"\\udfff":""}}')],
  ['half a pair as a metadata value', 'safetensors/invalid-name', fileOf('{"__metadata__":{"k":"\\ud800"}}')],
  ['half a pair as a dtype', 'safetensors/invalid-name', fileOf(`{"a":${entry(0, 0).replace('U8', '\\ud800')}}`)],
  ['two objects', 'safetensors/invalid-header', fileOf('{}{}')],
  ['zero padding', 'safetensors/invalid-header', fileOf('{}\0\0')],
  ['a trailing comma', 'safetensors/invalid-header', fileOf(`{"a":${entry(0, 0)},}`)],
  ['a missing comma', 'safetensors/invalid-header', fileOf(`{"a":${entry(0, 0)} "b":${entry(0, 0)}}`)],
  ['deep nesting', 'safetensors/invalid-header', fileOf(`{"a":${'['.repeat(100_000)}`)],
  ['a tensor that is a number', 'safetensors/invalid-header', fileOf('{"a":1}')],
  ['an entry without shape', 'safetensors/invalid-header', fileOf('{"a":{"dtype":"U8","data_offsets":[0,0]}}')],
  [
    'an unknown field',
    'safetensors/invalid-header',
    fileOf(`{"a":${entry(0, 1).replace('{', '{"more":1,')}}`, bytes(1)),
  ],
  [
    'a dtype that is a number',
    'safetensors/invalid-header',
    fileOf(`{"a":${entry(0, 1).replace('"U8"', '8')}}`, bytes(1)),
  ],
  ['a shape that is a text', 'safetensors/invalid-header', fileOf(`{"a":${entry(0, 1, '"1"')}}`, bytes(1))],
  ['a negative size', 'safetensors/invalid-header', fileOf(`{"a":${entry(0, 1, '[-1]')}}`, bytes(1))],
  ['a fractional size', 'safetensors/invalid-header', fileOf(`{"a":${entry(0, 1, '[1.0]')}}`, bytes(1))],
  ['a size with exponent', 'safetensors/invalid-header', fileOf(`{"a":${entry(0, 1, '[1e0]')}}`, bytes(1))],
  ['a size with leading zero', 'safetensors/invalid-header', fileOf(`{"a":${entry(0, 1, '[01]')}}`, bytes(1))],
  ['a size above 2^53', 'safetensors/invalid-header', fileOf(`{"a":${entry(0, 1, '[9007199254740993]')}}`, bytes(1))],
  ['a size that is a text', 'safetensors/invalid-shape', fileOf(`{"a":${entry(0, 1, '["1"]')}}`, bytes(1))],
  ['a product above 2^53', 'safetensors/invalid-shape', fileOf(`{"a":${entry(0, 0, '[4294967296,4294967296,0]')}}`)],
  ['an unknown dtype', 'safetensors/unknown-dtype', fileOf(`{"a":${entry(0, 1).replace('U8', 'C64')}}`, bytes(1))],
  [
    'a shape of 257 sizes',
    'safetensors/invalid-header',
    fileOf(`{"a":${entry(0, 1, `[${'1,'.repeat(256)}1]`)}}`, bytes(1)),
  ],
  ['the same name twice', 'safetensors/duplicate-name', fileOf(`{"a":${entry(0, 1)},"a":${entry(0, 1)}}`, bytes(1))],
  [
    'the same name escaped',
    'safetensors/duplicate-name',
    fileOf(`{"a":${entry(0, 1)},"\\u0061":${entry(1, 2)}}`, bytes(2)),
  ],
  [
    'a field twice',
    'safetensors/duplicate-name',
    fileOf(`{"a":${entry(0, 1).replace('}', ',"dtype":"I8"}')}}`, bytes(1)),
  ],
  ['a metadata key twice', 'safetensors/duplicate-name', fileOf('{"__metadata__":{"k":"1","k":"2"}}')],
  ['metadata twice', 'safetensors/duplicate-name', fileOf('{"__metadata__":{},"__metadata__":{}}')],
  ['metadata that is a text', 'safetensors/invalid-metadata', fileOf('{"__metadata__":"x"}')],
  ['a metadata value that is a number', 'safetensors/invalid-metadata', fileOf('{"__metadata__":{"k":1}}')],
  [
    'offsets that disagree with the shape',
    'safetensors/invalid-offsets',
    fileOf(`{"a":${entry(0, 2, '[1]')}}`, bytes(2)),
  ],
  ['an end before its begin', 'safetensors/invalid-offsets', fileOf(`{"a":${entry(2, 1, '[1]')}}`, bytes(2))],
  ['three offsets', 'safetensors/invalid-offsets', fileOf(`{"a":${entry(0, 1).replace('0,1', '0,1,1')}}`, bytes(1))],
  [
    'offsets that are texts',
    'safetensors/invalid-offsets',
    fileOf(`{"a":${entry(0, 1).replace('0,1', '"0","1"')}}`, bytes(1)),
  ],
  ['a tensor behind the end', 'safetensors/out-of-range', fileOf(`{"a":${entry(0, 2)}}`, bytes(1))],
  ['two tensors on the same bytes', 'safetensors/overlap', fileOf(`{"a":${entry(0, 2)},"b":${entry(0, 2)}}`, bytes(2))],
  ['two tensors that share a byte', 'safetensors/overlap', fileOf(`{"a":${entry(0, 2)},"b":${entry(1, 3)}}`, bytes(3))],
  [
    'an empty tensor inside another',
    'safetensors/overlap',
    fileOf(`{"a":${entry(0, 2)},"b":${entry(1, 1)}}`, bytes(2)),
  ],
  ['bytes before the first tensor', 'safetensors/gap', fileOf(`{"a":${entry(1, 2)}}`, bytes(2))],
  ['bytes between two tensors', 'safetensors/gap', fileOf(`{"a":${entry(0, 1)},"b":${entry(2, 3)}}`, bytes(3))],
  ['bytes behind the last tensor', 'safetensors/trailing-bytes', fileOf(`{"a":${entry(0, 1)}}`, bytes(2))],
  ['bytes and no tensor', 'safetensors/trailing-bytes', fileOf('{}', bytes(1))],
];

describe('parse refuses', () => {
  it.each(files)('%s: %s', (_, code, file) => {
    const { message } = refusal(code, () => parse(file));
    expect(message).toMatch(/expected .*found/s);
  });

  it('a boolean that is neither 0 nor 1, when it is read', () => {
    const file = parse(fileOf(`{"a":${entry(0, 2).replace('U8', 'BOOL')}}`, Uint8Array.of(1, 2)));
    refusal('safetensors/invalid-boolean', () => file.tensors.get('a')?.data);
  });
});

describe('parse', () => {
  it('never throws anything but its own errors on damaged files, and what it accepts it can write', () => {
    const good = serialize({ weights: { shape: [2], dtype: 'float32', data: Float32Array.of(1, 2) } }, { k: 'v' });
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    let accepted = 0;
    fc.assert(
      fc.property(damage, fc.nat(good.length), (changes, length) => {
        const bad = good.slice(0, length % 3 === 0 ? length : good.length);
        for (const [at, value] of changes) if (at < bad.length) bad[at] = value;
        try {
          const file = parse(bad);
          serialize(file.tensors, file.metadata);
          accepted += 1;
        } catch (error) {
          expect(SafetensorsError.isInstance(error), String(error)).toBe(true);
        }
      }),
      { numRuns: process.env['NT_LONG'] === '1' ? 200_000 : 3_000, seed: 7 },
    );
    expect(accepted).toBeGreaterThan(0);
  });
});
