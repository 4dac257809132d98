import { describe, expect, it } from 'vitest';
import { allVerbs, createProgram } from '../src/create-program.ts';
import { callWords } from '../src/mcp/call-words.ts';
import { checkArguments } from '../src/mcp/check-arguments.ts';
import { inArguments } from '../src/mcp/in-arguments.ts';
import { shorten } from '../src/mcp/shorten.ts';
import { type ToolCommand, toolCommand } from '../src/mcp/tool-command.ts';
import { refusedOptions, verbTools } from '../src/mcp/tools.ts';

const verbs = allVerbs({ exitCode: 0 });
const tools = new Map<string, ToolCommand>();
for (const [name, tool] of Object.entries(verbTools)) tools.set(name, await toolCommand(tool, verbs));
const tool = (name: string): ToolCommand => tools.get(name)!;

describe('every option of a verb', () => {
  it.each(Object.keys(verbTools))('of %s that names a place is confined or refused', (name) => {
    const { command, tool: row } = tool(name);
    const places = command.options.filter(({ flags }) => /[<[](file|files|folder|path|dir)[>\]]/.test(flags));
    for (const option of places) {
      const argument = option.attributeName();
      expect([argument, argument in row.paths || argument in refusedOptions]).toEqual([argument, true]);
    }
    for (const { name: argument } of tool(name).positional) expect(row.paths).toHaveProperty(argument);
  });

  it.each(Object.keys(verbTools))('of %s is an argument, with help and default, or refused', (name) => {
    const { command, inputSchema } = tool(name);
    const properties = inputSchema['properties'] as Record<string, { description: string }>;
    for (const option of command.options) {
      const argument = option.attributeName();
      if (option.long === '--help' || argument in refusedOptions) expect(properties).not.toHaveProperty(argument);
      else expect(properties[argument]!.description).toMatch(/\w/);
    }
    // In the words of arguments, not of flags, pipes or the network.
    expect(JSON.stringify(inputSchema)).not.toMatch(/--[a-z]|https?:|piped in/);
  });

  it('tells numbers that hold otherwise as such', () => {
    const { horizon, folds } = tool('backtest').inputSchema['properties'] as Record<string, object>;
    expect([horizon, folds]).toMatchObject([{ default: 24 }, { default: 3 }]);
  });

  it.each(Object.keys(refusedOptions))('%s is refused by name, with the reason', (argument) => {
    expect(() => checkArguments('train', tool('train'), { data: 'a.csv', [argument]: 'x' })).toThrow(
      `${argument} is not offered to agents: ${refusedOptions[argument]}.`,
    );
  });
});

describe('arguments that are wrong', () => {
  it.each<[object, string]>([
    [{}, 'train needs data: what to learn from'],
    [{ data: 5 }, 'data: expected a path as a text, found 5.'],
    [{ data: ['a.csv'] }, 'data: expected a path as a text'],
    [{ data: 'a.csv', horizn: 5 }, "there is no argument 'horizn'. Did you mean 'horizon'?"],
    [{ data: 'a.csv', horizon: '5' }, 'horizon: expected a whole number, found "5"'],
    [{ data: 'a.csv', horizon: 0 }, 'horizon: expected >= 1, found 0'],
    [{ data: 'a.csv', preset: 'best' }, 'preset: expected one of accurate, fast, reference, found "best"'],
    [{ data: 'a.csv', optimizer: { name: 'adamx' } }, 'optimizer.name: expected one of'],
    [{ data: 'a.csv', overwrite: 'yes' }, 'overwrite: expected true or false, found "yes"'],
    [{ data: 'a.csv', $schema: 'x' }, "there is no argument '$schema'"],
    [{ data: 'a.csv', ['__proto__x']: 1 }, "there is no argument '__proto__x'"],
    [{ data: 'a.csv', constructor: 1 }, "there is no argument 'constructor'"],
  ])('%j', (given, message) => {
    expect(() => checkArguments('train', tool('train'), given as Record<string, unknown>)).toThrow(message);
  });

  it('null is none', () => {
    expect(checkArguments('train', tool('train'), { data: 'a.csv', horizon: null })).toEqual({ data: 'a.csv' });
  });
});

describe('arguments as words of the command', () => {
  it.each<[string, object, readonly string[]]>([
    [
      'train',
      { data: '/d/a.csv', header: false, overwrite: true },
      ['train', '--data', '/d/a.csv', '--no-header', '--overwrite'],
    ],
    ['train', { target: ['a', 'b,c'] }, ['train', '--target', 'a', '--target', 'b,c']],
    ['train', { historic: ['a', 'b,c'] }, ['train', '--historic', 'a,"b,c"']],
    ['train', { target: '--sql=x' }, ['train', '--target=--sql=x']],
    ['train', { time: false }, ['train', '--no-time']],
    ['train', { optimizer: { name: 'sgd', momentum: 0.8 } }, ['train', '--optimizer', 'sgd:momentum=0.8']],
    ['train', { lookahead: true }, ['train', '--lookahead']],
    ['train', { restoreBestWeights: false }, ['train', '--no-restore-best-weights']],
    ['train', { refitWithValidation: false }, ['train']],
    ['export', { model: '/m', member: '0/1' }, ['export', '/m', '--member', '0/1']],
  ])('%s %j', (name, given, words) => {
    const typed = callWords(tool(name), given as Record<string, unknown>);
    expect(typed).toEqual(words);
  });
});

describe('messages in the words of arguments', () => {
  it.each<[string, string, string]>([
    ['train', "Fill it: missing: 'forward' or 'linear'.", 'Fill it: missing: "forward" or "linear".'],
    ['train', 'a smaller part, test: 0.1', 'a smaller part, testSplit: 0.1'],
    ['train', 'give --overwrite to replace it.', 'give overwrite: true to replace it.'],
    ['train', 'with a smaller --lr or with --clip.', 'with a smaller lr or with clip.'],
    ['train', 'say --no-header, or --skip-rows 1', 'say header: false, or skipRows: 1'],
    ['train', 'Choose another folder with -o, or', 'Choose another folder with output, or'],
    ['forecast', 'name the one to use with -d FILE.', 'name the one to use with data.'],
    ['forecast', 'Train one with --loss quantile:quantiles=0.1.', 'Train one with loss quantile:quantiles=0.1.'],
    ['resume', '--resume: there is no checkpoint', 'resume: there is no checkpoint'],
    ['train', '--gaps forward fills them', 'gaps: forward fills them'],
    ['train', 'Go on with it by nt resume /m/model, or', 'Go on with it by the tool resume with folder: /m/model, or'],
    [
      'train',
      'It differs. Resume with the saved one, or declare the change: allowChanged: ["training.loss"].',
      "It differs. Leave away what changes it: resume takes the run's own settings. For others start anew: overwrite: true, or another folder with output.",
    ],
    ['train', 'from 2024-01-01 to -3.5 %, a-b, x--y', 'from 2024-01-01 to -3.5 %, a-b, x--y'],
  ])('%s: %s', (name, message, told) => {
    expect(inArguments(message, tool(name).command)).toBe(told);
  });
});

it('a required argument tells of no default', () => {
  const { output } = tool('forecast').inputSchema['properties'] as Record<string, { description: string }>;
  expect(output!.description).toMatch(/: \.csv .* \.feather; inside an allowed folder$/);
});

it('an answer does not grow with the data', () => {
  const { result, shortened } = shorten({ list: Array.from({ length: 1000 }, (_, i) => i), text: 'short' });
  expect((result as { list: unknown[] }).list).toHaveLength(24);
  expect(shortened).toEqual([{ path: 'result.list', of: 1000, kept: 24 }]);
  const table = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`s${i}`, i]));
  expect(Object.keys(shorten({ table }).result as object)).toHaveLength(1);
  expect(shorten({ table }).shortened).toEqual([{ path: 'result.table', of: 500, kept: 60 }]);
});

it('is a verb of the command', async () => {
  const program = await createProgram(['mcp', '--help'], { exitCode: 0 });
  expect(program.commands.map((command) => command.name())).toContain('mcp');
});
