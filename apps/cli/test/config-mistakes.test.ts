import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ntInside } from './run-inside.ts';
import { temporaryFolder, writeBirths } from './run-nt.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

beforeAll(() => writeBirths(folder, 60));

function write(name: string, content: string): string {
  writeFileSync(at(name), content);
  return at(name);
}

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
