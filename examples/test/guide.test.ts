import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandsOf, followPage, ntCommand, pageText } from '../tools/follow-page.ts';
import { needsBash } from './needs.ts';

const folder = new URL('../../docs/guide/', import.meta.url);
const pages = readdirSync(folder)
  .filter((file) => file.endsWith('.md'))
  .map((file) => file.replace('.md', ''));
const aliases: Readonly<Record<string, string>> = { 'train-neural': 'train', predict: 'forecast' };

/** Flags of each verb, as its help lists them. */
const flags = new Map<string, ReadonlySet<string>>();
const helpOf = async (...words: readonly string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [...ntCommand, ...words, '--help'], { env: process.env })).stdout;

beforeAll(async () => {
  const verbs = [...(await helpOf()).matchAll(/^ {2}([a-z]+)(?:\||\s{2,})/gm)].map(([, verb]) => verb!);
  for (const verb of verbs.filter((name) => name !== 'help')) {
    const help = await helpOf(verb);
    flags.set(verb, new Set([...help.matchAll(/^ {2}(?:-\w, )?(--[a-z][\w-]*)/gm)].map(([, flag]) => flag!)));
  }
});

/** Words of a command behind `nt`, `nt train -d x && nt info x` being two. */
const callsIn = (text: string): string[][] =>
  [...text.matchAll(/(?:^|[|;&(]\s*|-- )nt ((?:[^|;&\n]|\|(?! ))+)/gm)].map(([, words]) => words!.trim().split(/\s+/));

const problemsOf = ([word = '', ...words]: readonly string[]): string[] => {
  const verb = aliases[word] ?? word;
  const known = flags.get(verb);
  if (!known) return [`nt ${word}: no such verb`];
  const used = words.filter((one) => /^--[a-z]/.test(one)).map((one) => one.split('=')[0]!);
  return used.filter((flag) => !known.has(flag)).map((flag) => `nt ${word} ${flag}: no such flag`);
};

/** Wrong on purpose: the page shows what happens. */
const deliberate = ['nt train --targt: no such flag'];

describe('the guide', () => {
  it.each(pages)('%s: every command and every flag in its text exists', (page) => {
    const text = pageText(page);
    const plain = [...text.matchAll(/^```\r?\n([\s\S]*?)^```/gm)].map(([, block]) => block!);
    const calls = [...commandsOf(text), ...plain].flatMap(callsIn);
    expect(calls.flatMap(problemsOf).filter((problem) => !deliberate.includes(problem))).toEqual([]);

    const all = new Set(['--global', ...[...flags.values()].flatMap((known) => [...known])]);
    const inText = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`(--[a-z][\w-]*)/g)].map(([, flag]) => flag!);
    expect(inText.filter((flag) => !all.has(flag))).toEqual([]);
  });

  it.each(['SKILL.md', 'llms.txt'])('%s tells agents of verbs and flags that exist, and of every verb', (file) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    const calls = [...text.matchAll(/^ *(nt .*)$|`(nt [a-z].*?)`/gm)].flatMap(([, line, word]) =>
      callsIn(line ?? word!),
    );
    expect(calls.length).toBeGreaterThan(5);
    expect(calls.flatMap(problemsOf).filter((problem) => problem !== 'nt VERB: no such verb')).toEqual([]);
    const all = new Set(['--global', '--help', ...[...flags.values()].flatMap((known) => [...known])]);
    const inText = [...text.matchAll(/`(--[a-z][\w-]*)/g)].map(([, flag]) => flag!);
    expect(inText.filter((flag) => !all.has(flag))).toEqual([]);
    const told =
      file === 'llms.txt' ? [...flags.keys()] : ['info', 'train', 'forecast', 'backtest', 'leakcheck', 'resume'];
    expect(told.filter((verb) => !calls.some(([word]) => word === verb))).toEqual([]);
  });

  it('finds a verb and a flag that are not there', () => {
    expect(callsIn('cat x | nt trian -d x\nnt train --lrr 1 && nt info x').flatMap(problemsOf)).toEqual([
      'nt trian: no such verb',
      'nt train --lrr: no such flag',
    ]);
  });

  const toFollow = pages.filter((page) => commandsOf(pageText(page)).length > 0);
  /** Those that take seconds; all with `NT_LONG=1`, some minutes. */
  const quick = ['agents', 'backtests', 'engines', 'from-neuralforecast', 'from-nt-neural', 'troubleshooting'];

  it('has every quick page', () => expect(toFollow).toEqual(expect.arrayContaining(quick)));

  it.runIf(needsBash()).each(process.env['NT_LONG'] === '1' ? toFollow : quick)(
    '%s: followed as it stands',
    { timeout: 900_000 },
    (page) => {
      const { status, output, folder: place } = followPage(page, 'pipe');
      expect(status, output.slice(-2000)).toBe(0);
      for (const [, name = ''] of pageText(page).matchAll(/!\[[^\]]*\]\(images\/([^)]+)\)/g)) {
        if (isMadeBy(page, name)) expectAlike(readFileSync(join(place, name), 'utf8'), imageText(name));
      }
    },
  );
});

const imageText = (name: string): string => readFileSync(new URL(`images/${name}`, folder), 'utf8');
/** A command of the page writes it: `--plot walk.svg`. */
const isMadeBy = (page: string, image: string): boolean =>
  commandsOf(pageText(page)).some((command) => command.split(/\s+/).includes(image));

/** The same picture: last digits differ between kernel sets, so places may by two points. */
function expectAlike(made: string, shown: string): void {
  const numbers = /-?\d+(?:\.\d+)?/g;
  const values = (text: string): number[] => (text.match(numbers) ?? []).map(Number);
  expect(made.replaceAll(numbers, '#')).toBe(shown.replaceAll(numbers, '#'));
  const worst = Math.max(...values(made).map((value, index) => Math.abs(value - values(shown)[index]!)));
  expect(worst).toBeLessThan(2);
}

describe('a picture of the guide', () => {
  const images = readdirSync(new URL('images/', folder));
  const curves = readFileSync(new URL('../tools/measure-curves.ts', import.meta.url), 'utf8');

  it.each(images)('%s: is shown by a page whose command makes it, or by the one of the curves', (image) => {
    const showing = pages.filter((page) => pageText(page).includes(`](images/${image})`));
    expect(showing).toHaveLength(1);
    const isCurve = curves.includes(`show('${image.replace('.svg', '')}',`);
    expect(isCurve || isMadeBy(showing[0]!, image)).toBe(true);
    if (!isCurve) return;
    // One run of the command writes picture and table: what the picture draws are rows of the table.
    const [, names = ''] = /<desc[^>]*>Validation loss over updates: (.*)\.<\/desc>/.exec(imageText(image)) ?? [];
    for (const name of names.split(', ')) expect(pageText(showing[0]!)).toContain(`| \`${name}\` |`);
  });

  it('of other numbers is found out', () => {
    expectAlike('<path d="M1,2 L3,4"/>', '<path d="M1,2 L3.5,4"/>');
    expect(() => expectAlike('<path d="M1,2 L3,4"/>', '<path d="M1,2 L9,4"/>')).toThrow();
    expect(() => expectAlike('<text>1969</text>', '<text>of 1969</text>')).toThrow();
  });
});

describe('mapping tables', () => {
  const answers = /^(?:same|renamed|better default|not offered, because)$/;
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

  it('cover every parameter of neuralforecast', () => {
    const { version: _, ...listed } = read('neuralforecast-parameters.json') as Record<string, Record<string, unknown>>;
    for (const [section, parameters] of Object.entries(listed)) {
      const rows = rowsUnder(pageText('from-neuralforecast'), section);
      expect(rows.map(([name]) => name)).toEqual(Object.keys(parameters).map((name) => `\`${name}\``));
      expect(rows.filter(([, answer]) => !answers.test(answer!))).toEqual([]);
      expect(rows.filter(([, answer, here, why]) => (answer!.startsWith('not') ? !why : !here))).toEqual([]);
    }
  });

  it('cover every field and flag of nt-neural', () => {
    for (const [section, names] of Object.entries(read('nt-neural-fields.json') as Record<string, string[]>)) {
      const text = rowsUnder(pageText('from-nt-neural'), section)
        .map(([name]) => name)
        .join(' ');
      expect(
        names.filter((name) => !text.includes(`\`${name}\``)),
        section,
      ).toEqual([]);
    }
  });
});

/** Cells of the rows of the table under a heading. */
function rowsUnder(markdown: string, heading: string): string[][] {
  const [, section = ''] = markdown.split(new RegExp(`^#+ ${heading.replaceAll('.', '\\.')}\r?\n`, 'm'));
  const lines = section
    .split(/^#/m)[0]!
    .split(/\r?\n/)
    .filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
