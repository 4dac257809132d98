import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../src/index.ts';
import { bytes, dailyCsv, errorOf } from './support/bytes.ts';
import { readText } from './support/read-text.ts';

describe('the form of a file', () => {
  it('accepts mixed line ends, blank lines, quoted line ends, and counts physical lines', async () => {
    const text = 'note,ds,y\r\n"two\nlines",2020-01-01,1\n\nx,2020-01-02,2\r\n\r\nx,2020-01-03,bad\n';
    const error = await errorOf(() => readText(text, { target: 'y' }));
    expect(error.details).toMatchObject({ line: 7, value: 'bad' });
  });

  it.each([';', '\t', '|'] as const)('finds the delimiter %j', async (delimiter) => {
    const set = await readText(`ds,y\n2020-01-01,1\n2020-01-02,2\n`.replaceAll(',', delimiter));
    expect([...set.values]).toEqual([1, 2]);
  });

  it('reads a decimal comma when told', async () => {
    const set = await readText('ds;y\n2020-01-01;1,5\n2020-01-02;-0,25\n', { decimal: ',' });
    expect([...set.values]).toEqual([1.5, -0.25]);
  });

  it('reads quoted fields behind a delimiter and a blank', async () => {
    const set = await readText('ds, y\n2020-01-01, "1.5"\n2020-01-02,  "2"\n');
    expect([...set.values]).toEqual([1.5, 2]);
  });

  it('cuts a long cell in a message', async () => {
    const error = await errorOf(() => readText(`ds,y\n2020-01-01,${'x'.repeat(100_000)}\n`, { target: 'y' }));
    expect(error.message.length).toBeLessThan(500);
  });

  it('reads other words for a missing value', async () => {
    const set = await readText(dailyCsv([1, '?', 3]), { missing: 'mask', nullValues: ['?'] });
    expect([...set.available!]).toEqual([1, 0, 1]);
  });

  it('gives the same set whatever the size of the chunks', async () => {
    const text = bytes(
      'id,ds,y\n"a,1",2020-01-01,1.5\n"say ""hi""",2020-01-01,2\n"a,1",2020-01-02,1e-3\n"say ""hi""",2020-01-02,4\n',
    );
    const whole = await readCsv(text, { id: 'id' });
    expect(whole.ids).toEqual(['a,1', 'say "hi"']);
    for (let size = 1; size < text.length; size += 3) {
      async function* pieces() {
        for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
      }
      const set = await readCsv(pieces(), { id: 'id' });
      expect([set.ids, set.values]).toEqual([whole.ids, whole.values]);
    }
  });

  it('reads a Blob, a stream, a Response and a buffer alike', async () => {
    const data = bytes(dailyCsv([1, 2, 3]));
    const blob = new Blob([data as never]);
    for (const source of [
      blob,
      blob.stream() as never,
      new Response(data as never),
      data.slice().buffer as ArrayBuffer,
    ]) {
      expect([...(await readCsv(source)).values]).toEqual([1, 2, 3]);
    }
  });

  it('names the option of the source when it is a path', async () => {
    expect((await errorOf(() => readCsv('prices.csv' as never))).message).toMatch(/for a path use readTable/);
  });

  it('decompresses gzip by its first bytes and names damage', async () => {
    const packed = gzipSync(dailyCsv([1, 2, 3]));
    expect([...(await readCsv(packed)).values]).toEqual([1, 2, 3]);
    expect((await errorOf(() => readCsv(packed.subarray(0, 30)))).code).toBe('data/corrupt-file');
  });
});
