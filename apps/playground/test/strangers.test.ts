import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { needsChromium } from './needs.ts';
import { type Host, serveSite } from './site.ts';
import { downloaded, type Filled, fillPlan, launchChromium, small, train, visit } from './visitor.ts';

const day = (step: number): string => new Date(Date.UTC(2023, 0, 1 + step)).toISOString().slice(0, 10);
const wave = (step: number): string => (100 + 20 * Math.sin((2 * Math.PI * step) / 7) + (step % 5)).toFixed(2);
const lines = (count: number, line: (step: number) => string, keep: (step: number) => boolean = () => true): string =>
  Array.from({ length: count }, (_, step) => step)
    .filter(keep)
    .map(line)
    .join('\n');
/** Business days, some of them holidays. */
const isTraded = (step: number): boolean => ![0, 6].includes(new Date(day(step)).getUTCDay()) && step % 97 !== 5;
const fieldCase = (name: string): Buffer =>
  readFileSync(new URL(`../../cli/test/field-cases/${name}`, import.meta.url));

interface Stranger {
  readonly title: string;
  readonly file: string;
  readonly content: string | Buffer;
  /** What the page says before it reads it; absent: it reads it at once. */
  readonly says?: RegExp;
  /** The buttons that are pressed then; none: it cannot be read. */
  readonly press?: readonly string[];
  readonly filled?: Filled;
  /** Why it cannot be trained on. */
  readonly refuses?: RegExp;
  /** The first row of the forecast. */
  readonly ahead?: RegExp;
}

const week: Filled = { ...small, horizon: '7', 'input-size': '14', epochs: '1' };
const table: readonly Stranger[] = [
  {
    title: 'two series without a word',
    file: 'shops.csv',
    content: `date,shop,sales\n${lines(150, (step) => `${day(step)},A,${wave(step)}\n${day(step)},B,${wave(step + 3)}`)}\n`,
    says: /if 'shop' beside it tells series apart, choose Column of series names: shop/,
    press: ['Column of series names: shop'],
    ahead: /^A,2023-05-31,1?\d\d\./,
  },
  {
    title: 'prices of business days with holidays',
    file: 'prices.csv',
    content: `Date,Open,Close,Volume\n${lines(400, (step) => `${day(step)},${wave(step)},${wave(step)},${step}`, isTraded)}\n`,
    says: /which column is the target.*Open, Close, Volume/,
    press: ['Target column: Close'],
    ahead: /^2024-02-05,/,
  },
  {
    title: 'semicolons, decimal commas, days first',
    file: 'werte.csv',
    content: `Datum;Wert\n${lines(200, (step) => `${day(step).split('-').reverse().join('.')};${wave(step).replace('.', ',')}`)}\n`,
    says: /day first/,
    press: ['Order of a date: %d.%m.%Y'],
    ahead: /^20\.07\.2023,|^2023-07-20,/,
  },
  { title: 'Parquet', file: 'hours.parquet', content: fieldCase('38-ts-ns-tz.parquet'), ahead: /^2023-10-31 04:00Z,/ },
  {
    title: 'five rows',
    file: 'five.csv',
    content: `date,y\n${lines(5, (step) => `${day(step)},${wave(step)}`)}\n`,
    refuses: /at most 3 time steps.*a window needs 21.*smaller window \(Look-back or Horizon\)/,
  },
  {
    title: 'a horizon longer than the data',
    file: 'long.csv',
    content: `date,y\n${lines(200, (step) => `${day(step)},${wave(step)}`)}\n`,
    filled: { ...week, horizon: '100000' },
    refuses: /needs 100014/,
  },
  {
    title: 'a learning rate out of this world',
    file: 'wild.csv',
    content: `date,y\n${lines(200, (step) => `${day(step)},${wave(step)}`)}\n`,
    filled: { ...week, 'learning-rate': '1000000000' },
    refuses: /^The training failed: The training exploded.*smaller learning rate\.$/,
  },
  {
    title: 'a constant',
    file: 'pegged.csv',
    content: `date,y\n${lines(200, (step) => `${day(step)},42.5`)}\n`,
    ahead: /^2023-07-20,42\.5,42\.5,/,
  },
  { title: 'nothing', file: 'empty.csv', content: '', says: /the file is empty \(0 bytes\)/ },
  { title: 'a workbook', file: 'book.xlsx', content: fieldCase('72-workbook.xlsx'), says: /save the sheet as CSV/ },
  {
    title: 'a workbook by another name',
    file: 'b.csv',
    content: fieldCase('72-workbook.xlsx'),
    says: /Excel workbook/,
  },
  { title: 'a zip', file: 'data.zip', content: 'PK\u0003\u0004', says: /unpack it first/ },
];

describe.runIf(needsChromium())('strangers with files of theirs', () => {
  let host: Host;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];
  beforeAll(async () => {
    host = await serveSite(inject('site'), true);
    browser = await launchChromium();
    ({ page, complaints } = await visit(await browser.newContext({ serviceWorkers: 'block' }), host.url));
  });
  afterAll(async () => {
    await browser?.close();
    host?.close();
  });

  const text = async (id: string): Promise<string> => (await page.locator(id).textContent())!;
  const give = async (name: string, content: string | Buffer): Promise<void> => {
    await page.locator('#file').setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) });
    await expect.poll(() => text('#data-status')).toMatch(/is read\.$|could not be read\.$/);
  };
  const drop = (...names: readonly string[]): Promise<unknown> =>
    page.evaluate((all) => {
      const dataTransfer = new DataTransfer();
      for (const name of all) dataTransfer.items.add(new File(['date,y\n2024-01-01,1\n2024-01-02,2\n'], name));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, names);

  it.each(table)('$title', async ({ file, content, says, press = [], filled = week, refuses, ahead }) => {
    await give(file, content);
    if (says) {
      expect(await text('#data-status')).toBe(`${file} could not be read.`);
      expect(await text('#data-problem')).toMatch(says);
      for (const name of press) await page.getByRole('button', { name, exact: true }).click();
      if (press.length === 0) return expect(await page.locator('#plan').isVisible()).toBe(false);
    }
    await fillPlan(page, filled);
    if (refuses) {
      await page.locator('#train').click();
      const said = async (): Promise<string> => (await text('#plan-problem')) || (await text('#training-status'));
      await expect.poll(said).toMatch(refuses);
      if (await text('#plan-problem')) expect(await page.evaluate(() => document.activeElement?.id)).toBe('train');
      return expect(await page.locator('#home').isVisible()).toBe(false);
    }
    await train(page);
    const [, first] = new TextDecoder().decode(await downloaded(page, '#save-forecast')).split('\n');
    expect(first).toMatch(ahead!);
    expect(first).not.toMatch(/NaN|Infinity/);
    expect(complaints).toEqual([]);
  });

  it('drops: one file is read, of several none, and from a click on Train on none either', async () => {
    await drop('a.csv', 'b.csv');
    expect(await text('#data-status')).toBe(
      '2 files were dropped: drop one, with a column of names for several series.',
    );
    await drop('a.csv');
    await expect.poll(() => text('#data-status')).toBe('a.csv is read.');
    await give('long.csv', table.find(({ file }) => file === 'long.csv')!.content);
    // So slow that it gets better until it is stopped, however quick the machine.
    await fillPlan(page, { ...week, epochs: '1000000', 'hidden-size': '128', 'learning-rate': '0.00001' });
    await page.evaluate(() => {
      const button = document.querySelector<HTMLButtonElement>('#train')!;
      for (let click = 0; click < 3; click++) button.click();
    });
    await drop('a.csv');
    expect(await text('#data-status')).toMatch(/^Not now/);
    // Not the figures of the training before.
    await expect.poll(() => text('#figures dd >> nth=1')).toMatch(/of \d{6}/);
    await drop('a.csv');
    expect(await text('#data-status')).toMatch(/^Not now/);
    expect(await page.locator('#training').isVisible()).toBe(true);
    await page.locator('#stop').click();
    await page.locator('#home').waitFor();
  });

  it('a model of other data says what it wants, here or for the file; what is no model says so', async () => {
    const model = Buffer.from(await downloaded(page, '#save-model'));
    const open = async (buffer: Buffer): Promise<void> => {
      await page.locator('#open-model').evaluate((details) => details.toggleAttribute('open', true));
      await page.locator('#model-file').setInputFiles({ name: 'model.zip', mimeType: '', buffer });
    };
    const hour = (step: number): string => new Date(Date.UTC(2024, 0, 1, step)).toISOString().slice(0, 16);
    await give('hours.csv', `date,y\n${lines(200, (step) => `${hour(step)},${wave(step)}`)}\n`);
    await open(model);
    await expect
      .poll(() => text('#model-problem'))
      .toMatch(/trained on steps of one day; these data have steps of one hour/);
    await open(Buffer.from('PK\u0003\u0004'));
    await expect.poll(() => text('#model-problem')).toMatch(/^model\.zip cannot be unpacked/);
    await give('other.csv', `date,load\n${lines(100, (step) => `${day(step)},${wave(step)}`)}\n`);
    await open(model);
    await expect.poll(() => text('#data-problem')).toMatch(/target column 'y' not found/);
    await page.getByRole('button', { name: 'Target column: load' }).click();
    await give('newer.csv', `date,y\n${lines(250, (step) => `${day(step)},${wave(step)}`)}\n`);
    await open(model);
    await page.locator('#home').waitFor();
    expect(new TextDecoder().decode(await downloaded(page, '#save-forecast'))).toMatch(/^2023-09-08,/m);
    expect(complaints).toEqual([]);
  });
});
