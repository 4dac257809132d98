import type { Plot } from '@nt/report';
import colours from 'picocolors';
import drawLines, { type Color } from 'simple-ascii-chart';
import { short } from './numbers.ts';

/** Text height of the part with the lines. */
const height = 12;
/** As plots are coloured: what is known blue, forecasts yellow. */
const ofRole: Readonly<Record<'known' | 'forecast', Color>> = { known: 'ansiBlue', forecast: 'ansiYellow' };
const others: readonly Color[] = ['ansiBlue', 'ansiYellow', 'ansiGreen', 'ansiMagenta', 'ansiCyan'];

/**
 * A sketch of a plot's lines for a terminal of `width` columns; null where there is nothing to draw.
 *
 * @param ends what stands below the ends of the x axis
 */
export function terminalPlot({ lines }: Plot, ends: readonly [string, string], width: number): string | null {
  const drawn = lines
    .map(({ name, role, at, values }, index) => ({
      name,
      colour: role === undefined ? others[index % others.length]! : ofRole[role],
      points: at.flatMap((x, i): [number, number][] => (Number.isFinite(values[i]) ? [[x, values[i]!]] : [])),
    }))
    .filter(({ points }) => points.length > 1);
  const all = drawn.flatMap(({ points }) => points.map(([, y]) => y));
  const [least, largest] = [
    all.reduce((a, b) => Math.min(a, b), Infinity),
    all.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  if (drawn.length === 0) return null;
  const room = least === largest ? Math.abs(least) || 1 : 0;
  const [bottom, top] = [least - room, largest + room];
  const ticks = Array.from({ length: 4 }, (_, i) => bottom + ((top - bottom) * i) / 3);
  const labels = Math.max(...ticks.map((tick) => short(tick).length));
  const columns = Math.max(width - labels - 4, 20);
  const hasColours = colours.isColorSupported;
  const picture = drawLines(
    drawn.map(({ points }) => points),
    {
      width: columns,
      height,
      yRange: [bottom, top],
      customYAxisTicks: ticks,
      hideXAxisTicks: true,
      formatter: (value, { axis }) => (axis === 'y' ? short(value) : value),
      ...(hasColours && { color: drawn.map(({ colour }) => colour) }),
    },
  );
  const below = ends[0].padEnd(columns - ends[1].length) + ends[1];
  return [
    ...picture.split('\n').filter((line) => line.trim() !== ''),
    ' '.repeat(labels + 1) + below,
    ...(drawn.length > 1 ? [' '.repeat(labels + 1) + drawn.map(named).join('   ')] : []),
  ].join('\n');
}

/** The names of lines in their colours. */
const named = ({ name, colour }: { readonly name: string; readonly colour: Color }): string => {
  const paint = colour.replace('ansi', '').toLowerCase() as 'blue' | 'yellow' | 'green' | 'magenta' | 'cyan';
  return colours[paint](`━ ${name}`);
};
