import { type FieldCase, wave } from './field-case.ts';

const start = Date.UTC(2023, 0, 2);
const plain = { count: 150, first: 100, last: 94.36 };
const records = Array.from({ length: 150 }, (_, step) => ({
  date: new Date(start + 86_400_000 * step).toISOString().slice(0, 10),
  y: wave(step),
}));
const json = (document: unknown) => () => JSON.stringify(document);
const pairs = records.map(({ date, y }) => [Date.parse(date), y]);
const lists = { time: records.map(({ date }) => date), y: records.map(({ y }) => y) };

/** What services answer. */
export const serviceCases: readonly FieldCase[] = [
  ...(
    [
      ['a list under any name', { count: 150, observations: records }],
      ['a list deep inside', { response: { total: 150, data: records } }],
      ['lists side by side', { latitude: 1, hourly_units: { time: 'iso8601' }, hourly: lists }],
      ['pairs under any name', { meta: { version: 1 }, series: pairs }],
      ['pairs of several names', { prices: pairs }],
      ['values by their times', Object.fromEntries(records.map(({ date, y }) => [date, y]))],
      [
        'what the World Bank answers',
        [{ page: 1 }, records.map(({ date, y }) => ({ indicator: { id: 'x' }, date, y }))],
      ],
      ['a list for each sensor', [records]],
      ['cells that are objects', records.map(({ date, y }) => ({ date, tags: { host: 'a' }, fields: { y } }))],
      [
        'GeoJSON',
        { type: 'FeatureCollection', features: records.map((properties) => ({ type: 'Feature', properties })) },
      ],
      [
        'what Prometheus answers',
        {
          status: 'success',
          data: {
            resultType: 'matrix',
            result: [{ metric: { job: 'a' }, values: pairs.map(([ms, y]) => [ms! / 1000, String(y)]) }],
          },
        },
      ],
    ] as const
  ).map(
    ([title, document]): FieldCase => ({
      title: `JSON: ${title}`,
      file: 'service.json',
      make: json(document),
      values: plain,
    }),
  ),
  {
    title: 'JSON: metrics of Prometheus are series',
    file: 'metrics.json',
    make: json({
      status: 'success',
      data: { result: ['a', 'b'].map((job) => ({ metric: { job }, values: pairs.map(([ms, y]) => [ms! / 1000, y]) })) },
    }),
    flags: ['--id', 'series'],
    says: [/2 series/],
    check: ({ ids }) => {
      if ([...new Set(ids)].join() !== 'job=a,job=b') throw new Error(ids.join());
    },
  },
  {
    title: 'JSON: two tables are not guessed between',
    file: 'two.json',
    make: json({ hourly: lists, daily: lists, latitude: 1 }),
    fails: [/several tables: hourly, daily/],
  },
  {
    title: 'JSON: nothing in it is a table',
    file: 'none.json',
    make: json({ version: '2.0', size: [150], value: [1, 2, 3], dimension: { time: 'x' } }),
    fails: [/expected rows/],
  },
];
