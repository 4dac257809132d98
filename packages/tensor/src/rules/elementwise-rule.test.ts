import { expect, it } from 'vitest';
import { elementwiseRule } from './elementwise-rule.ts';
import { type Expression, visitNames } from './expression.ts';

const withOutput = (expression: unknown) => () =>
  elementwiseRule({
    name: 'tested',
    inputs: ['a', 'b'],
    scalars: ['rate'],
    definitions: [['defined', ['+', 'a', 'rate']]],
    outputs: [['y', expression as Expression]],
  });

it('a good rule is returned as it is', () => {
  const rule = { name: 'r', inputs: ['a'], scalars: [], definitions: [], outputs: [['a', ['abs', 'a']]] } as const;
  expect(elementwiseRule(rule)).toBe(rule);
  expect(withOutput(['select', ['<', 'a', 'b'], 'defined', ['pow', 'rate', 2]])).not.toThrow();
});

it.each([
  ['an unknown operation', ['tan', 'a'], /'tan' is not an operation; the language has .*rsqrt.*select/],
  ['too few operands', ['+', 'a'], /'\+' takes 2 operands, got 1/],
  ['too many operands', ['sqrt', 'a', 'b'], /'sqrt' takes 1 operands, got 2/],
  ['a select of two', ['select', 'a', 'b'], /'select' takes 3 operands, got 2/],
  ['an unknown name', ['+', 'a', 'c'], /'c' is not defined; known: a, b, rate, defined/],
  ['an unknown name deep inside', ['+', 'a', ['*', 2, ['abs', 'deep']]], /'deep' is not defined/],
  ['an output as an operand', 'y', /'y' is not defined/],
  ["a property of Object's prototype", ['toString', 'a'], /'toString' is not an operation/],
])('refuses %s and says what there is', (_fact, expression, message) => {
  expect(withOutput(expression)).toThrow(message);
  expect(withOutput(expression)).toThrow(expect.objectContaining({ code: 'tensor/rule', details: { rule: 'tested' } }));
});

const base = { name: 'tested', inputs: ['a'], scalars: ['s'], definitions: [], outputs: [['y', 'a']] } as const;

it.each([
  ['an input given twice', { inputs: ['a', 'a'] }, /'a' is given twice/],
  ['a scalar named like an input', { scalars: ['a'] }, /'a' is given twice/],
  ['a definition named like an input', { definitions: [['a', 1]] }, /'a' is given twice/],
  [
    'a definition that uses a later one',
    {
      definitions: [
        ['p', 'q'],
        ['q', 1],
      ],
    },
    /'q' is not defined/,
  ],
  ['a definition that uses itself', { definitions: [['p', ['+', 'p', 1]]] }, /'p' is not defined/],
  ['no outputs', { outputs: [] }, /it has no outputs/],
  [
    'an output given twice',
    {
      outputs: [
        ['y', 'a'],
        ['y', 's'],
      ],
    },
    /the output 'y' is given twice/,
  ],
] as const)('refuses %s', (_fact, change, message) => {
  expect(() => elementwiseRule({ ...base, ...change } as Parameters<typeof elementwiseRule>[0])).toThrow(message);
});

it('visitNames sees every name once for each mention, and no operation', () => {
  const seen: string[] = [];
  visitNames(['select', ['<', 'a', 0], ['+', 'b', 'a'], 1], (name) => seen.push(name));
  expect(seen).toEqual(['a', 'b', 'a']);
});
