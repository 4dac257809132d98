import { type Report, reportPage, svgPlot } from '@nt/report';
import { expect, it } from 'vitest';
import { wholeReport } from './whole-report.ts';

/** What leaves a text, an attribute, a title, a style sheet, a comment, an SVG, a template. */
const evil = [
  '<x-evil></x-evil><script>x-evil</script>',
  '"><x-evil a="',
  "'><x-evil a='",
  '</title></style></pre></svg><x-evil>',
  '--><x-evil><!--',
  ']]><x-evil>',
  '" onload="x-evil" x="',
  '&lt;x-evil&gt;&#60;x-evil&#62;',
].join(' ');
/** Turns what is written around, ends lines, moves a terminal. */
const invisible = '\u202egnp.exe\u2066\u0000\u001b[2J\u2028';

/** Words that mean something to the page; a hostile one is not what a library gives. */
const fixed = new Set([
  'kind',
  'verdict',
  'edge',
  'reason',
  'answer',
  'unit',
  'format',
  'zone',
  'interval',
  'weights',
  'kernel',
  'refit',
]);

/** Every text of a report made hostile, names of metrics and of the environment too. */
function hostile(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return fixed.has(key) ? value : `${value}${evil}${invisible}`;
  if (Array.isArray(value)) return value.map((one) => hostile(one, key));
  if (typeof value !== 'object' || value === null) return value;
  const isOpen = key === 'environment' || key === 'metrics';
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [isOpen ? `${name}${evil}` : name, hostile(one, name)]),
  );
}

it('text of users and files stays text, wherever it stands', async () => {
  const report = hostile(JSON.parse(JSON.stringify(await wholeReport()))) as Report;
  const page = reportPage({ ...report, data: { ...report.data!, frequency: `day${evil}`, format: `csv${evil}` } });
  expect(page.match(/&lt;x-evil&gt;/g)!.length).toBeGreaterThan(200);
  expect(page).not.toMatch(/<x-evil|<script|<!--|\]\]>/);
  // Within a tag there is no evil: whatever is left of a quote was escaped.
  const tags = page.match(/<[^>]*>/g)!;
  expect(tags.filter((tag) => /evil|onload/.test(tag))).toEqual([]);
  expect(page).toContain('&amp;lt;x-evil&amp;gt;&amp;#60;');
  expect(page).not.toMatch(/[\u202e\u2066\u2028]/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is looked for
  expect(page).not.toMatch(/[\u0000\u001b]/);
  expect(page).toContain('\\u202egnp.exe');
});

it('text stays text in a plot', () => {
  const svg = svgPlot({
    title: evil,
    description: evil,
    xTitle: evil,
    yTitle: evil,
    lines: [{ name: evil, at: [0, 1], values: [1, 2] }],
    bands: [{ name: `${evil}${invisible}`, at: [0, 1], lower: [0, 1], upper: [2, 3] }],
  });
  expect(svg).not.toMatch(/<x-evil|<script|<!--|\]\]>/);
  expect(svg.match(/<[^>]*>/g)!.filter((tag) => /evil|onload/.test(tag))).toEqual([]);
});
