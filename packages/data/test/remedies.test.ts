import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DataError } from '../src/data-error.ts';
import { type RemedyOption, remediesIn, remedy, remedyExamples, translateRemedies } from '../src/remedy.ts';
import { sourceFiles } from './support/source-files.ts';

const options = Object.keys(remedyExamples) as RemedyOption[];

describe('remedies', () => {
  test.each(options)('what a message offers of %s is found in it again', (option) => {
    for (const value of remedyExamples[option]) {
      const text = `f.csv: line 2: wrong; pass ${remedy(option, value)}, or ask.`;
      expect(remediesIn(text)).toEqual([{ option, values: [value] }]);
    }
    const all = remedy(option, ...remedyExamples[option]);
    expect(remediesIn(all)).toEqual([{ option, values: [...remedyExamples[option]] }]);
  });

  test('an error carries them as data', () => {
    const error = new DataError('data/gap', `a gap; pass ${remedy('gaps', 'rowOrder')} or name ${remedy('target')}.`);
    expect(error.message).toBe("a gap; pass gaps: 'rowOrder' or name target: ….");
    expect(error.remedies).toEqual([
      { option: 'gaps', values: ['rowOrder'] },
      { option: 'target', values: [null] },
    ]);
  });

  test('texts with quotes, backslashes, commas and tabs come back as they are', () => {
    const value = ["it's", 'a, b', 'c\\d', '\t'];
    expect(remediesIn(remedy('historic', value))).toEqual([{ option: 'historic', values: [value] }]);
  });

  test('a translation puts other words in their places and nowhere else', () => {
    const message = `time: the column 'ds' …; pass ${remedy('duplicates', 'last', 'mean')}.`;
    const words = translateRemedies(message, ({ option, values }) => `--${option} ${values.join('|')}`);
    expect(words).toBe("time: the column 'ds' …; pass --duplicates last|mean.");
  });
});

test('no message names an option but through remedy()', () => {
  const literal = new RegExp(
    `\\b(?:pass|add it to|leave(?: out)?|name it with) (?:another )?(?:${options.join('|')})\\b`,
  );
  for (const file of sourceFiles()) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (/^\s*(\*|\/\*|\/\/)/.test(line)) continue;
      expect(line, file).not.toMatch(literal);
    }
  }
});

test('control characters of a file never reach a message raw', () => {
  const { message } = new DataError('data/bad-number', 'a\u0000b\rc\u001b[31m\u202ed\u2028e\ud800f\nk\u0085');
  expect(message).toBe('a\\x00b\\rc\\x1b[31m\\u202ed\\u2028e\\ud800f\\nk\\x85');
});
