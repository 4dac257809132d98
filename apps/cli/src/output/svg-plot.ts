import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { PlotBand, PlotLine } from './plot-lines.ts';

const width = 900;
const height = 380;
const margin = { top: 44, right: 20, bottom: 34, left: 70 };
const colours = ['#1f5fa8', '#d9822b', '#8a8a8a'];

/**
 * Lines over time as a standalone SVG picture.
 *
 * @param lines in drawing order; the first is blue, the second orange, further ones grey
 * @param bands intervals, narrow ones first; they lie behind the lines, in the orange of the forecast, the wider the paler
 */
export function svgPlot(title: string, lines: readonly PlotLine[], bands: readonly PlotBand[] = []): string {
  const times = lines.flatMap((each) => each.times);
  const ends = bands.flatMap(({ lower, upper }) => [...lower, ...upper]);
  const values = [...lines.flatMap((each) => each.values), ...ends].filter(Number.isFinite);
  const x = scaleUtc([Math.min(...times), Math.max(...times)], [margin.left, width - margin.right]);
  const y = scaleLinear([Math.min(...values), Math.max(...values)], [height - margin.bottom, margin.top]).nice();
  const path = line<readonly [number, number]>()
    .defined(([, value]) => Number.isFinite(value))
    .x(([time]) => x(time))
    .y(([, value]) => y(value));
  const fan = area<readonly [number, number, number]>()
    .defined(([, lower, upper]) => Number.isFinite(lower) && Number.isFinite(upper))
    .x(([time]) => x(time))
    .y0(([, lower]) => y(lower))
    .y1(([, , upper]) => y(upper));
  // The widest first, so that each narrower one lies on it.
  const fans = [...bands].reverse().map(({ name, times: at, lower, upper }) => {
    const points = at.map((time, k) => [time, lower[k]!, upper[k]!] as const);
    return `<path class="band" d="${fan(points) ?? ''}" fill="${colours[1]}" fill-opacity="0.18"><title>${escaped(name)}</title></path>`;
  });
  const format = x.tickFormat();
  const grid = y
    .ticks(6)
    .map(
      (tick) =>
        `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="#e3e3e3"/>` +
        `<text x="${margin.left - 8}" y="${y(tick) + 4}" text-anchor="end">${y.tickFormat(6)(tick)}</text>`,
    );
  const dates = x
    .ticks(8)
    .map((tick) => `<text x="${x(tick)}" y="${height - 12}" text-anchor="middle">${escaped(format(tick))}</text>`);
  const drawn = lines.map((each, i) => {
    const points = each.times.map((time, k) => [time, each.values[k]!] as const);
    return `<path d="${path(points) ?? ''}" fill="none" stroke="${colours[i] ?? colours[2]}" stroke-width="${i === 1 ? 2.2 : 1.5}"/>`;
  });
  const intervals = bands.length === 0 ? '' : `, ${bands.map(({ name }) => name).join(', ')}`;
  const legend = lines.map((each, i) => {
    const left = width - margin.right - 130 * (lines.length - i);
    return `<rect x="${left}" y="16" width="18" height="4" fill="${colours[i] ?? colours[2]}"/><text x="${left + 24}" y="22">${escaped(i === 1 ? `${each.name}${intervals}` : each.name)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" fill="#333" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${margin.left}" y="24" font-size="15" font-weight="600">${escaped(title)}</text>`,
    ...grid,
    ...dates,
    ...fans,
    ...drawn,
    ...legend,
    '</svg>\n',
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]!);
