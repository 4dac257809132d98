import { daily, type FieldCase } from './field-case.ts';

/** A model used on another file than the one it has learned from. */
export const secondFileCases: readonly FieldCase[] = [
  {
    title: '92 the newer file lacks a level',
    file: '52-levels-train.csv',
    flags: ['--future', 'sky'],
    forecast: ['-d', '52b-levels-newer-lacks-snow.csv'],
    ahead: ['2023-07-31', '2023-08-06'],
  },
  {
    title: '92 the newer file has one level more: it is told, and counts as unseen',
    file: '52b-levels-newer-lacks-snow.csv',
    flags: ['--future', 'sky', '--val-split', '0', '--test-split', '0'],
    forecast: ['-d', '52-levels-train.csv'],
    forecastSays: [/note: texts that were not in the training count as unseen: sky: snow/],
    ahead: ['2023-06-01', '2023-06-07'],
  },
  {
    title: '94 a model of hours on quarter hours',
    file: '53-hourly.csv',
    forecast: ['-d', '53b-quarter-hourly.csv'],
    forecastFails: [/hour/, /15 minutes/],
  },
  {
    title: '95 a shop that the model has not seen',
    file: '40-shuffled-panel.csv',
    forecast: ['-d', '54-panel-newer.csv'],
    never: /scope/,
    forecastSays: [/note: series that were not in the training, each is scaled by its own rows: s9/],
    check: ({ ids, values }) => {
      const shops = [...new Set(ids)].sort().join();
      if (shops !== 's0,s9') throw new Error(shops);
      const s9 = values.filter((_, i) => ids[i] === 's9');
      if (s9.some((value) => !(Number(value) > 700 && Number(value) < 1100))) throw new Error(s9.join());
    },
  },
  {
    title: '96 the target has another name in the newer file: the old one is named',
    file: '40b-newest-first.csv',
    forecast: ['-d', '54b-other-target-name.csv'],
    forecastFails: [/Close/, /Close Price/, /--target/],
  },
  {
    title: '96 the target has another name in the newer file, told',
    file: '40b-newest-first.csv',
    forecast: ['-d', '54b-other-target-name.csv', '--target', 'Close Price'],
    forecastSays: [/note: the target was called 'Close' in the training, here 'Close Price'/],
    ahead: ['2023-07-31', '2023-08-06'],
  },
  {
    title: 'flags of the training hold for the newer file',
    file: '01-decimal-comma.csv',
    flags: ['--target', 'umsatz', '--decimal', ','],
    forecast: ['-d', '01-decimal-comma.csv'],
    ahead: ['2023-06-01', '2023-06-07'],
  },
  {
    title: 'flags of the training for CSV do not stand in the way of JSON Lines',
    file: 'trained.csv',
    make: () => daily((date, value) => `${date};${String(value).replace('.', ',')}`, 'ts;y'),
    flags: ['--decimal', ',', '--target', 'y'],
    forecast: ['-d', '39-missing-keys.jsonl', '--missing', 'linear'],
    ahead: ['2023-06-01', '2023-06-07'],
  },
  {
    title: '90 the model folder was moved and the data are gone',
    file: 'gone.csv',
    make: () => daily(),
    forecast: ['-d', 'not-there.csv'],
    forecastFails: [/not-there\.csv/, /no such file/],
  },
];
