import { type Plot, plotOfLearningRate, plotOfTraining, svgPlot } from '@nt/report';
import type { HistoryRow } from '@nt/trainer';
import { expect, it } from 'vitest';

const line = (values: readonly number[], more = {}): Plot['lines'][number] => ({
  name: 'sales',
  at: values.map((_, i) => i * 86_400_000),
  values,
  ...more,
});
const paths = (svg: string): string[] => [...svg.matchAll(/<path class="line" d="([^"]*)"/g)].map(([, path]) => path!);
const texts = (svg: string): string[] => [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text!);

it('a gap parts a line, and what is not finite is one', () => {
  const [path] = paths(
    svgPlot({ title: 'gaps', lines: [line([1, 2, Number.NaN, 4, Number.POSITIVE_INFINITY, 6, 7])] }),
  );
  expect(path!.match(/M/g)).toHaveLength(3);
  expect(path).not.toMatch(/NaN|Infinity/);
});

it.each<[what: string, lines: Plot['lines']]>([
  ['one value', [line([5])]],
  ['nothing', [line([])]],
  ['no line', []],
  ['no number', [line([Number.NaN, Number.NaN])]],
  ['a constant', [line([7, 7, 7])]],
  ['zeros', [line([0, 0, 0])]],
  ['huge numbers', [line([1e300, -1e300])]],
  ['tiny numbers', [line([1e-12, 2e-12])]],
])('%s is drawn without a number that is none', (_, lines) => {
  const svg = svgPlot({ title: 'edge', lines });
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
});

it('a constant lies in the middle', () => {
  const [path] = paths(svgPlot({ title: 'constant', lines: [line([7, 7])] }));
  const [, y] = /^M[\d.]+,([\d.]+)/.exec(path!)!;
  expect(Math.abs(Number(y) - (28 + 150))).toBeLessThan(60);
});

it('long lines are thinned without losing a peak', () => {
  const values = Array.from({ length: 50_000 }, (_, i) => (i === 31_234 ? 1000 : Math.sin(i)));
  const svg = svgPlot({ title: 'long', lines: [line(values)] });
  const ys = [...paths(svg)[0]!.matchAll(/,([\d.]+)/g)].map(([, y]) => Number(y));
  expect(ys.length).toBeLessThan(4000);
  expect(ys.filter((y) => y < Math.min(...ys) + 1)).toHaveLength(1);
});

it('rows are numbers, time steps whole ones', () => {
  const rows = svgPlot({ title: 'rows', x: 'number', lines: [{ name: 'a', at: [1, 2, 3], values: [1, 2, 3] }] });
  expect(texts(rows)).toEqual(expect.arrayContaining(['1', '2', '3']));
  expect(texts(rows).filter((text) => text === '1.5')).toHaveLength(1); // of the values alone
});

it('one line needs no legend, several are named, and a dashed one looks so', () => {
  expect(texts(svgPlot({ title: 'one', lines: [line([1, 2])] }))).not.toContain('sales');
  const two = svgPlot({ title: 'two', lines: [line([1, 2]), line([2, 1], { name: 'naive', isDashed: true })] });
  expect(texts(two)).toEqual(expect.arrayContaining(['sales', 'naive']));
  expect(two.match(/stroke-dasharray/g)).toHaveLength(2);
});

it('intervals lie behind the lines, the widest first', () => {
  const at = [0, 86_400_000];
  const band = (name: string, half: number) => ({ name, at, lower: [-half, -half], upper: [half, half] });
  const svg = svgPlot({ title: 'fan', lines: [line([0, 0])], bands: [band('80 %', 1), band('95 %', 2)] });
  const order = [...svg.matchAll(/<title>(\d+ %)<|class="(line)"/g)].map(([, name, other]) => name ?? other);
  expect(order).toEqual(['95 %', '80 %', 'line']);
});

it('a long history has its plots', () => {
  const history = Array.from({ length: 200_000 }, (_, update): HistoryRow => {
    return { kind: 'train', update, epoch: 0, values: { trainLoss: 1 / (update + 1), learningRate: update } };
  });
  expect(plotOfLearningRate(history)!.description).toMatch(/at most 199999\./);
  expect(plotOfTraining(history)!.lines[0]!.values).toHaveLength(200_000);
});
