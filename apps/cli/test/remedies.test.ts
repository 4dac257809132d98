import { type RemedyOption, type RemedyValue, remedyExamples } from '@nt/data';
import { describe, expect, it } from 'vitest';
import { flagName } from '../src/options/flag-table.ts';
import { readerFlags } from '../src/options/reader-flags.ts';
import { remediesAsFlags, remedyAsFlag } from '../src/options/remedies-as-flags.ts';
import { shellText } from '../src/options/shell-text.ts';
import { trainParser } from './run-inside.ts';

/** Options of `nt train` that have another name than that of the library. */
const renamed: Readonly<Record<string, string>> = { test: 'testSplit', validation: 'valSplit' };

/** The words of a command line, as a shell splits it. */
function shellWords(line: string): string[] {
  const words = line.match(/(?:"(?:[^"\\]|\\.)*"|[^\s"])+/g) ?? [];
  return words.map((word) =>
    word.replaceAll(/"((?:[^"\\]|\\.)*)"/g, (_, text: string) => text.replaceAll(/\\(.)/g, '$1')),
  );
}

function parsed(line: string): Record<string, unknown> {
  let flags: Record<string, unknown> = {};
  trainParser((given) => {
    flags = { ...given };
  }).parse(['-d', 'x.csv', ...shellWords(line)], { from: 'user' });
  return flags;
}

const examples = Object.entries(remedyExamples).flatMap(([option, values]) =>
  values.map((value) => ({ option: option as RemedyOption, value })),
);

describe('every way out that a message of @nt/data offers can be typed', () => {
  it.each(examples)('$option: $value', ({ option, value }) => {
    const typed = remedyAsFlag({ option, values: [value] });
    const name = renamed[option] ?? option;
    if (value === null) {
      expect(typed).toMatch(/^--[a-z-]+ <[a-z]+>$/);
      expect(parsed(typed.replace(/<.*>/, option === 'frequency' ? 'hour' : '7'))[name]).toBeDefined();
    } else expect(parsed(typed)[name]).toEqual(value);
  });
});

it('names and signs that mean something to a shell or to the command are quoted', () => {
  const hard: readonly (readonly [RemedyOption, RemedyValue])[] = [
    ['historic', ['Temp, °C', 'it\'s "quoted"', '$HOME `x` \\', '']],
    ['target', ['a, b', 'c']],
    ['nullValues', ['', '#N/A', '--']],
    ['timeFormat', '%d. %b "%Y"'],
    ['id', 'my id'],
  ];
  for (const [option, value] of hard) expect(parsed(remedyAsFlag({ option, values: [value] }))[option]).toEqual(value);
});

it('several values, and values that are flags of their own, read as a sentence', () => {
  expect(remedyAsFlag({ option: 'gaps', values: ['forward', 'linear', 'zero'] })).toBe(
    '--gaps forward, linear or zero',
  );
  expect(remedyAsFlag({ option: 'time', values: [null, false] })).toBe('--time <column> or --no-time');
  expect(remedyAsFlag({ option: 'delimiter', values: ['\t'] })).toBe('--delimiter tab');
  expect(remedyAsFlag({ option: 'thousands', values: ['.'] })).toBe('--thousands "."');
  expect(remediesAsFlags("line 3: a gap; pass gaps: 'zero' or time: false.")).toBe(
    'line 3: a gap; pass --gaps zero or --no-time.',
  );
});

it('every option of the readers is a flag, and its help says what it does', () => {
  for (const [option, row] of Object.entries(readerFlags)) {
    expect(row.help, option).toMatch(/\w/);
    const flag = trainParser(() => {}).options.find(({ long }) => long === flagName(option));
    expect(flag, option).toBeDefined();
  }
});

it.each([
  ['linux', 'my model', '"my model"'],
  ['linux', 'a$b', '"a\\$b"'],
  ['linux', 'models/m-1.5', 'models/m-1.5'],
  ['win32', 'C:\\data\\m', 'C:\\data\\m'],
  ['win32', 'C:\\my data\\m', '"C:\\my data\\m"'],
] as const)('on %s the word %s is typed %s', (platform, word, typed) => {
  expect(shellText(word, platform)).toBe(typed);
});
