import { type Report, reportForecast, reportPage } from '@nt/report';
import { beforeAll, describe, expect, it } from 'vitest';
import { lastWeek, weeks, wholeReport } from './whole-report.ts';

let report: Report;
let page: string;

beforeAll(async () => {
  report = await wholeReport();
  page = reportPage(report);
});

const headings = (html: string): string[] =>
  [...html.matchAll(/<h2 id="[\w-]+-heading">([^<]*)</g)].map(([, text]) => text!);
const count = (html: string, pattern: RegExp): number => [...html.matchAll(pattern)].length;

describe('what is on the page', () => {
  it('has every part of a whole report, in the order in which one asks', () => {
    expect(headings(page)).toEqual([
      'Forecast',
      'Compared with simple methods',
      'Intervals',
      'Backtest',
      'Where the errors are',
      'What it is worth to a trader',
      'What the forecast is made of',
      'What the recipe chose',
      'Training',
      'Data',
      'How to make it again',
    ]);
  });

  it('has nothing of what the report has not', () => {
    expect(headings(reportPage({ title: 'nothing' }))).toEqual([]);
    expect(headings(reportPage({ title: 'little', command: 'nt', times: report.times }))).toEqual([
      'How to make it again',
    ]);
    const { backtest: _, ...rest } = report;
    expect(headings(reportPage(rest))).not.toContain('Backtest');
  });

  it.each<[what: string, text: string | RegExp]>([
    [
      'the verdict',
      /class="verdict better">last week has 71\.9 % less error \(MAE by the scale of each series\) than naive/,
    ],
    ['notices', 'shop 2 ends a day before the others'],
    ['errors beside rivals', /<th scope="row">naive<\/th><td class="number">21\.28</],
    ['more metrics', '<th scope="col" class="number">wape</th>'],
    ['significance', /95 % interval of the skill<\/dt><dd>[\d.]+ % to [\d.]+ % \(block bootstrap\)/],
    ['nominal level beside coverage and width', /<td class="number">80 %<\/td><td class="number">[\d.]+ %<\/td>/],
    ['rolling intervals', 'rolling conformal'],
    ['folds', '3 folds; trained anew in each. Left out, over all series and folds: 42 time steps by gap.'],
    ['errors by series', 'larger errors than naive on 0 of 2 series'],
    ['the trading verdict', 'no edge over a random walk in any of 2 series'],
    ['summands', '<figcaption>stack 1 (trend)</figcaption>'],
    ['a constant summand in words', /<b>level<\/b>: [\d.]+ at every time step/],
    ['members with weights and look-backs', /nhits 28<\/th><td class="number">60\.0 %<\/td><td class="number">28</],
    ['members that were left out', 'the training part is too short'],
    ['how training ended', 'validation no longer improved'],
    ['a learning rate', '<figcaption>Learning rate</figcaption>'],
    [
      'findings in the data',
      'missing time steps: 3 in 1 series, first shop 1 at 2026-02-03: filled with the last value',
    ],
    ['columns, not all of thousands', 'column 11 and 18 more'],
    ['the engine', '<dt>Engine</dt><dd>nt-cpu</dd>'],
    ['the command', '<code>nt train -d sales.csv --target sales --report out.html</code>'],
    ['the script with its empty lines', /&#39;@nt\/data\/node&#39;;\n\nconst data/],
  ])('tells %s', (_, text) => {
    if (typeof text === 'string') expect(page).toContain(text);
    else expect(page).toMatch(text);
  });

  it('says plainly that nothing beats the naive forecasts, and that a difference may be chance', () => {
    const { evaluation } = report;
    const swapped = { ...evaluation!, rows: [evaluation!.rows[1]!, evaluation!.rows[0]!] };
    const skill = {
      ...evaluation!.skill!,
      method: 'naive',
      against: 'last week',
      skill: -2.6,
      verdict: 'worse' as const,
    };
    expect(reportPage({ title: '', evaluation: { ...swapped, skill } })).toMatch(/class="verdict worse">Nothing beats/);
    const unclear = { ...evaluation!.skill!, verdict: 'unclear' as const };
    expect(reportPage({ title: '', evaluation: { ...evaluation!, skill: unclear } })).toMatch(
      /class="verdict unclear">[^<]*may be chance/,
    );
    expect(reportPage({ title: '', evaluation: { ...evaluation!, skill: null } })).toContain('nothing to compare');
  });

  it('is the same page for the same report, and for the report as JSON', () => {
    expect(reportPage(report)).toBe(page);
    const json = reportPage(JSON.parse(JSON.stringify(report)) as Report);
    expect(headings(json)).toEqual(headings(page));
    for (const html of [page, json])
      expect(html.replace(/<style>.*<\/style>/s, '')).not.toMatch(/NaN|undefined|\bnull\b|\[object/);
  });
});

describe('how the page is made', () => {
  it('needs nothing else: no script, no address, nothing to load', () => {
    expect(page).not.toMatch(/<script|javascript:|\son\w+=|@import|url\(|<img|<iframe/i);
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
    expect(
      [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, to]) => to).filter((to) => !/^#|^data:,$/.test(to!)),
    ).toEqual([]);
  });

  it('can be read by a screen reader: names for figures and tables, ids that are there once', () => {
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    const named = [...page.matchAll(/aria-labelledby="([^"]*)"/g)].flatMap(([, list]) => list!.split(' '));
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
    const anchors = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id!);
    expect(anchors.filter((id) => !ids.includes(id))).toEqual([]);
    expect(count(page, /<svg [^>]*role="img"/g)).toBe(
      count(page, /<svg [^>]*role="img" aria-labelledby="[^"]*">\s*<title id=/g),
    );
    expect(count(page, /<table>/g)).toBe(count(page, /<table><caption id="[\w-]+"><span>[^<]/g));
    expect(count(page, /<h1>/g)).toBe(1);
    // Every picture has its numbers, but the learning rate, whose are among the losses.
    expect(count(page, /<figure>/g) - count(page, /<details>/g)).toBe(1);
  });

  it('tells what a panel of hundreds of series has left out, and stays small', async () => {
    const many = weeks(300, 60);
    const ahead = await lastWeek().predict(many, { quantiles: [0.1, 0.9] });
    const { evaluation, trading } = report;
    const maeOfSeries = many.ids.map((_, s) => s);
    const panel = reportPage({
      ...report,
      forecast: reportForecast(many, ahead),
      evaluation: {
        ...evaluation!,
        seriesIds: many.ids,
        rows: evaluation!.rows.map((row) => ({ ...row, maeOfSeries })),
      },
      trading: { ...trading!, series: many.ids.map((id) => ({ id, report: trading!.series[0]!.report })) },
    });
    expect(count(panel, /<figcaption>value of shop/g)).toBe(6 + 2);
    expect(panel).toContain('294 more series are forecast and not drawn here');
    expect(panel).toContain('280 more rows are not listed');
    expect(panel).toContain('294 more series are not shown');
    expect(panel.length).toBeLessThan(500_000);
  });

  it('thins long curves and lists a part of their numbers', () => {
    const row = (update: number) => ({
      kind: 'train' as const,
      update,
      epoch: 0,
      values: { trainLoss: Math.sin(update) },
    });
    const history = Array.from({ length: 100_000 }, (_, i) => row(i + 1));
    const long = reportPage({ title: 'long', training: { history } });
    expect(long.length).toBeLessThan(100_000);
    expect(long).toContain('99,940 more rows are not listed');
  });
});
