import { describe, expect, it } from 'vitest';
import { seriesValues, timeAt, writeTime } from '../src/index.ts';
import { readText } from './support/read-text.ts';

const names: Readonly<Record<string, string>> = {
  German: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
  Austrian: 'Jänner Februar März April Mai Juni Juli August September Oktober November Dezember',
  'German, short, of a spreadsheet': 'Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez',
  French: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  'French, short': 'janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.',
  Spanish: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'Spanish, capitals': 'Enero Febrero Marzo Abril Mayo Junio Julio Agosto Septiembre Octubre Noviembre Diciembre',
  Portuguese: 'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  'Portuguese, short': 'jan fev mar abr mai jun jul ago set out nov dez',
  Italian: 'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  Dutch: 'januari februari maart april mei juni juli augustus september oktober november december',
  Swedish: 'januari februari mars april maj juni juli augusti september oktober november december',
  Danish: 'januar februar marts april maj juni juli august september oktober november december',
  Norwegian: 'januar februar mars april mai juni juli august september oktober november desember',
  English: 'January February March April May June July August September October November December',
};
const read = (texts: readonly string[], options: object = {}) =>
  readText(`t;y\n${texts.map((text, k) => `${text};${k}`).join('\n')}\n`, { time: 't', ...options });

describe.each(Object.entries(names))('%s names of months', (_, list) => {
  const months = list.split(' ');
  it.each([
    ['month and year', (month: string, year: number) => `${month} ${year}`],
    ['year and month', (month: string, year: number) => `${year} ${month}`],
    ['day, month and year', (month: string, year: number) => `1. ${month} ${year}`],
  ])('%s, and written so again', async (_form, write) => {
    const texts = Array.from({ length: 24 }, (_row, k) => write(months[k % 12]!, 2022 + Math.floor(k / 12)));
    const set = await read(texts);
    expect([set.report.frequency, timeAt(set, 0, 0), timeAt(set, 0, 23)]).toEqual([
      'month',
      Date.UTC(2022, 0, 1),
      Date.UTC(2023, 11, 1),
    ]);
    expect([0, 7, 23, 24, 33].map((step) => writeTime(set, timeAt(set, 0, step)))).toEqual(
      [0, 7, 23, 24, 33].map((k) => write(months[k % 12]!, 2022 + Math.floor(k / 12))),
    );
  });
});

describe('times in words', () => {
  it.each([
    ['2 de enero de 2024', '3 de enero de 2024'],
    ['1er mars 2024', '2 mars 2024'],
    ['2 fevrier 2024', '3 fevrier 2024'],
    ['H1 2024', 'H2 2024'],
    ['2024-S1', '2024-S2'],
    ['T1 2024', 'T2 2024'],
    ['2024-T3', '2024-T4'],
    ['2015m1', '2015m2'],
    ['2015 JAN', '2015 FEB'],
  ])('%s', async (one, two) => {
    const set = await read([one, two], { gaps: 'rowOrder' });
    expect([...seriesValues(set, 0)]).toEqual([0, 1]);
    if (!one.includes('er ') && !one.includes('fev'))
      expect([0, 1].map((step) => writeTime(set, timeAt(set, 0, step)))).toEqual([one, two]);
  });

  it('a told format reads them and is written so', async () => {
    const set = await read(['ene-24', 'feb-24', 'mar-24', 'abr-24'], { timeFormat: '%b-%y' });
    expect([set.report.frequency, writeTime(set, timeAt(set, 0, 4))]).toEqual(['month', 'may-24']);
  });
});
