import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { ntInside } from './run-inside.ts';
import { nt, temporaryFolder, tiny, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

beforeAll(() => writeBirths(folder, 60));

function write(name: string, content: string): string {
  writeFileSync(at(name), content);
  return at(name);
}

/** What the options of a verb come to. */
async function effective(verb: string, ...words: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await ntInside('config', verb, ...words);
  expect([code, stderr]).toEqual([0, expect.not.stringMatching(/^error:/m)]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Each line once as JSON, YAML and TOML: the same options. */
const same = {
  horizon: 12,
  lr: 0.01,
  restoreBestWeights: false,
  target: ['a, b', 'c'],
  historic: ['Temp, °C', 'wind'],
  levels: undefined,
  optimizer: { name: 'sgd', momentum: 0.8, nesterov: true },
  schedule: { name: 'multiStep', milestones: [200, 400] },
  augment: ['jitter', { name: 'scaling', sigma: 0.1 }],
  valSplit: '2024-01-31',
  network: { nPoolKernelSize: [2, 2, 1] },
  lookahead: true,
  header: false,
};
const yaml = `# a comment
horizon: 12
lr: 0.01
restoreBestWeights: false
target: ["a, b", c]
historic: ["Temp, °C", wind]
optimizer: { name: sgd, momentum: 0.8, nesterov: true }
schedule:
  name: multiStep
  milestones: [200, 400]
augment: [jitter, { name: scaling, sigma: 0.1 }]
valSplit: 2024-01-31
network: { nPoolKernelSize: [2, 2, 1] }
lookahead: true
header: false
`;
const toml = `# a comment
horizon = 12
lr = 0.01
restoreBestWeights = false
target = ["a, b", "c"]
historic = ["Temp, °C", "wind"]
augment = ["jitter", { name = "scaling", sigma = 0.1 }]
valSplit = 2024-01-31
lookahead = true
header = false
[optimizer]
name = "sgd"
momentum = 0.8
nesterov = true
[schedule]
name = "multiStep"
milestones = [200, 400]
[network]
nPoolKernelSize = [2, 2, 1]
`;

it.each([
  ['json', JSON.stringify(same)],
  ['yaml', yaml],
  ['yml', yaml],
  ['toml', toml],
])('a configuration as .%s gives what the flags would', async (ending, content) => {
  const words = [
    ...['--horizon', '12', '--lr', '0.01', '--no-restore-best-weights', '--target', 'a, b', '--target', 'c'],
    ...['--historic', '"Temp, °C",wind', '--optimizer', 'sgd:momentum=0.8,nesterov=true'],
    ...['--schedule', 'multiStep:milestones=200,400', '--augment', 'jitter', '--augment', 'scaling:sigma=0.1'],
    ...['--val-split', '2024-01-31', '--network', '{"nPoolKernelSize":[2,2,1]}', '--lookahead', '--no-header'],
  ];
  const read = await effective('train', '--config', write(`same.${ending}`, content));
  expect(read).toEqual(await effective('train', ...words));
  // What it prints is itself a configuration.
  expect(await effective('train', '--config', write('printed.json', JSON.stringify(read)))).toEqual(read);
});

it('flags win over a file, also where they would add up; --set wins over both', async () => {
  const file = write('base.yaml', 'horizon: 12\ntarget: [a, b]\noptimizer: adam\nepochs: 3\n');
  expect(await effective('train', '--config', file, '--target', 'c', '--horizon', '5')).toMatchObject({
    horizon: 5,
    target: 'c',
    epochs: 3,
  });
  const set = ['--set', 'horizon=7', '--set', 'optimizer.beta1=0.8', '--set', 'network.basis=legendre'];
  expect(await effective('train', '--config', file, '--horizon', '5', ...set)).toMatchObject({
    horizon: 7,
    optimizer: { name: 'adam', beta1: 0.8 },
    network: { basis: 'legendre' },
  });
  const flag = ['--optimizer', 'sgd:momentum=0.5', '--set', 'optimizer.nesterov=true'];
  expect(await effective('train', ...flag)).toMatchObject({
    optimizer: { name: 'sgd', momentum: 0.5, nesterov: true },
  });
  // Without a name it is the default's.
  expect(await effective('train', '--set', 'optimizer.beta2=0.9')).toEqual({
    optimizer: { name: 'adamw', beta2: 0.9 },
    output: undefined,
  });
  expect(await effective('train', '--set', 'time=false', '--set', 'lookahead.alpha=0.4')).toMatchObject({
    time: false,
    lookahead: { alpha: 0.4 },
  });
});

it('trains and forecasts by one file with a section for each verb', async () => {
  const flags = Object.fromEntries(
    Array.from({ length: (tiny.length - 1) / 2 }, (_, k) => [tiny[1 + 2 * k]!, tiny[2 + 2 * k]!]),
  );
  const train = {
    data: flags['-d'],
    target: flags['--target'],
    horizon: 2,
    inputSize: 4,
    hiddenSize: 3,
    variant: 'paper',
    nStacks: 1,
    epochs: 3,
    batchSize: 8,
    lr: 0.01,
  };
  write('nt.yaml', JSON.stringify({ train: { ...train, output: 'one' }, forecast: { model: 'one', quiet: true } }));
  expect(await nt(folder, 'train', '--config', 'nt.yaml', '--quiet')).toMatchObject({ code: 0, stderr: '' });
  expect((await nt(folder, ...tiny, '-o', 'two', '--quiet')).code).toBe(0);
  expect(readFileSync(join(folder, 'one/model.safetensors'))).toEqual(
    readFileSync(join(folder, 'two/model.safetensors')),
  );
  // The bundle has every parser.
  write('forecast.toml', 'model = "one"\nquiet = true\n');
  const toml = await nt(folder, 'forecast', '--config', 'forecast.toml');
  const [one, two] = [
    await nt(folder, 'forecast', '--config', 'nt.yaml'),
    await nt(folder, 'forecast', '-m', 'two', '--quiet'),
  ];
  expect([one.code, one.stderr, one.stdout]).toEqual([0, '', two.stdout]);
  expect(toml).toEqual(one);
});

it('config tells where each option comes from, and what holds without', async () => {
  const file = write('few.yaml', 'epochs: 3\n');
  const { stderr } = await ntInside('config', 'train', '--config', file, '--lr', '0.01');
  expect(stderr).toMatch(/^epochs: 3 \(configuration\)$/m);
  expect(stderr).toMatch(/^lr: 0\.01 \(flag\)$/m);
  expect(stderr).toMatch(/^batchSize: 128 \(default\)$/m);
});

const wrong: readonly (readonly [title: string, words: () => string[], message: RegExp])[] = [
  ['no such file', () => ['--config', at('none.yaml')], /--config .*none\.yaml: there is no such file/],
  [
    'a folder',
    () => {
      mkdirSync(at('d.yaml'), { recursive: true });
      return ['--config', at('d.yaml')];
    },
    /cannot be read \(EISDIR/,
  ],
  ['another ending', () => ['--config', write('x.ini', '')], /a configuration is \.json, \.yaml, \.toml/],
  ['damaged JSON', () => ['--config', write('x.json', '{"horizon": ')], /x\.json: it cannot be read: .*JSON/],
  ['damaged YAML', () => ['--config', write('x.yaml', 'a: [1\nb: 2')], /x\.yaml: it cannot be read: [\s\S]*line 2/],
  ['damaged TOML', () => ['--config', write('x.toml', 'a = ')], /x\.toml: it cannot be read: [\s\S]*1:/],
  ['a list', () => ['--config', write('x.json', '[1]')], /expected options by name/],
  [
    'an unknown option',
    () => ['--config', write('x.yaml', 'horizn: 3')],
    /no option 'horizn'\. Did you mean 'horizon'/,
  ],
  [
    "an option by the library's name",
    () => ['--config', write('x.yaml', 'learningRate: 3')],
    /no option 'learningRate'\. Did you mean 'lr'/,
  ],
  [
    'a text for a number',
    () => ['--config', write('x.yaml', 'horizon: two')],
    /horizon: expected a whole number, found "two" \(--horizon/,
  ],
  ['a number that is too small', () => ['--config', write('x.yaml', 'horizon: 0')], /horizon: expected >= 1, found 0/],
  [
    'a wrong choice',
    () => ['--config', write('x.yaml', 'scaler: standart')],
    /scaler: expected one of none, standard.*"standart"/,
  ],
  [
    'a wrong name of a choice',
    () => ['--config', write('x.yaml', 'optimizer: { name: adma }')],
    /optimizer.name: expected .*adamw.*found/,
  ],
  ['a choice without name', () => ['--config', write('x.yaml', 'optimizer: { beta1: 1 }')], /optimizer: .*a name/],
  ['a value for a switch', () => ['--config', write('x.yaml', 'overwrite: 1')], /overwrite: expected boolean, found 1/],
  [
    'options beside verbs',
    () => ['--config', write('x.yaml', 'train: {}\nlr: 1')],
    /'lr' stands beside the options of train/,
  ],
  ['--set without a value', () => ['--set', 'horizon'], /Expected path=value/],
  [
    '--set of an unknown path',
    () => ['--set', 'optimiser.beta1=1'],
    /no option 'optimiser'\. Did you mean 'optimizer'/,
  ],
  [
    '--set of a wrong value',
    () => ['--set', 'horizon=two'],
    /--set horizon=two: horizon: Expected a whole number >= 1/,
  ],
  ['--set of a part of a number', () => ['--set', 'horizon.x=1'], /'horizon' has no options of its own/],
  [
    '--set of a wrong part',
    () => ['--set', 'optimizer.name=adma'],
    /optimizer\.name=adma: optimizer\.name: expected one of/,
  ],
];

it.each(wrong)('%s is told with exit code 2', async (_title, words, message) => {
  const result = await ntInside('train', '-d', at('births.csv'), '--target', 'births', '-o', at('never'), ...words());
  expect([result.code, result.stdout, result.stderr]).toEqual([2, '', expect.stringMatching(message)]);
});

it('what a verb needs may come from a file; what is missing is told as before', async () => {
  expect((await ntInside('forecast')).stderr).toMatch(/required option '-m, --model <folder>' not specified/);
  const { code, stderr } = await ntInside('forecast', '--config', write('m.yaml', `model: ${at('nowhere')}`));
  expect([code, stderr]).toEqual([1, expect.stringMatching(/no model in/)]);
});

describe('the JSON Schema', () => {
  const accepts = async (...words: string[]) => {
    const { stdout, code } = await ntInside('config', '--schema', ...words);
    expect(code).toBe(0);
    return new Ajv2020({ strict: false }).compile(JSON.parse(stdout) as object);
  };

  it('accepts what the command does, and refuses what it refuses', async () => {
    const one = await accepts('train');
    expect(one(JSON.parse(JSON.stringify(same)))).toBe(true);
    for (const content of [
      { horizn: 3 },
      { horizon: 'two' },
      { horizon: 0 },
      { optimizer: { beta1: 1 } },
      { overwrite: 1 },
    ])
      expect(one(content), JSON.stringify(content)).toBe(false);
    const all = await accepts();
    expect(all({ train: { horizon: 3 }, forecast: { model: 'm' } })).toBe(true);
    expect(all({ train: { horizon: 'x' } })).toBe(false);
  });

  it('says of every option what it is', async () => {
    const { properties } = JSON.parse((await ntInside('config', 'backtest', '--schema')).stdout) as {
      properties: Record<string, { description?: string; type?: string; anyOf?: unknown; enum?: unknown }>;
    };
    for (const [name, schema] of Object.entries(properties)) {
      if (name === '$schema') continue;
      expect(schema.description, name).toMatch(/\w/);
      expect(schema.type ?? schema.anyOf ?? schema.enum, name).toBeDefined();
    }
    expect(properties['folds']).toMatchObject({ type: 'integer', minimum: 1 });
  });

  it('a verb without configuration is told', async () => {
    const { code, stderr } = await ntInside('config', 'doctor');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/'doctor' has no configuration; there is train/)]);
    expect((await ntInside('config')).stderr).toMatch(/Of which verb\?/);
  });
});
