import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DataError, renderReport, type SeriesSet, seriesValues } from '@nt/data';
import { readTable } from '@nt/data/node';
import { connectForecaster, type ForecasterClient, serveForecaster } from '@nt/forecast/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readingFields, titleOf } from '../src/reading-options.ts';
import { inWordsOfThePage, remedyText } from '../src/remedy-words.ts';

// The files that the command is tested with, as people have them.
const folder = fileURLToPath(new URL('../../cli/test/field-cases/', import.meta.url));
const files = readdirSync(folder).filter((name) => !name.startsWith('.'));

/** What came of reading a file. */
interface Outcome {
  readonly lines?: readonly string[];
  readonly values?: readonly number[];
  readonly error?: { readonly code: string; readonly message: string; readonly details: unknown };
}

const errorOf = (error: unknown): NonNullable<Outcome['error']> => {
  if (!DataError.isInstance(error)) throw error;
  const { code, message, details } = error;
  return {
    code,
    message: message.replaceAll(folder, ''),
    details: JSON.parse(JSON.stringify(details).replaceAll(folder, '')),
  };
};

describe('files as people have them, read in the page’s worker and by the command', () => {
  const { port1, port2 } = new MessageChannel();
  let client: ForecasterClient;
  beforeAll(() => {
    serveForecaster({ port: port1, createEngine: () => Promise.reject(new Error('reading needs no engine')) });
    client = connectForecaster(port2);
  });
  afterAll(() => port1.close());

  const inWorker = async (name: string): Promise<Outcome> => {
    try {
      const file = new Blob([new Uint8Array(readFileSync(folder + name))]);
      const { lines, longest } = await client.preview({ file, name });
      const { values } = await client.series({ series: 0, last: longest });
      return { lines, values: [...values] };
    } catch (error) {
      return { error: errorOf(error) };
    }
  };
  const byCommand = async (name: string): Promise<Outcome> => {
    try {
      const set: SeriesSet = await readTable(folder + name);
      const lines = renderReport(set.report).map((line) => line.replaceAll(folder, ''));
      return { lines, values: [...seriesValues(set, 0)] };
    } catch (error) {
      return { error: errorOf(error) };
    }
  };

  it.each(files)('%s', async (name) => {
    const [here, there] = [await inWorker(name), await byCommand(name)];
    expect(here).toEqual(there);
    if (!here.error) return;
    // What the message advises can be chosen on the page, and is told in its words.
    const { remedies } = new DataError(here.error.code as never, here.error.message);
    const words = inWordsOfThePage(here.error.message);
    for (const remedy of remedies) {
      expect(titleOf(remedy.option), remedy.option).toBeDefined();
      expect(words).toContain(remedyText(remedy));
    }
    expect(new DataError(here.error.code as never, words).remedies).toEqual([]);
    expect(words).not.toMatch(/--[a-z]|path '-'/);
  });

  it('there are some of each kind, and no field twice', async () => {
    expect(files.length).toBeGreaterThan(80);
    const options = readingFields.map(({ option }) => option);
    expect(new Set(options).size).toBe(options.length);
  });
});
