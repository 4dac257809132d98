import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkKinds } from '../src/check-kinds.ts';
import { type Kind, kinds } from '../src/kinds.ts';
import { readWorkspace, type Workspace } from '../src/workspace.ts';
import { makeFolder, makeWorkspace, repository } from './fixture.ts';

const whole = readWorkspace(repository);

/** A kind with one member of each way to be one, and all that it must have. */
const table = [
  {
    kind: 'optimizer',
    members: { files: 'packages/tensor/src/recipes/.*\\.ts' },
    others: { recipe: 'a part' },
    evidence: [
      { what: 'an export', where: 'packages/tensor/src/index\\.ts' },
      { what: 'a golden file', where: 'packages/tensor/test/golden/NAME\\.json' },
      { what: 'a law', where: 'packages/tensor/test/laws\\.test\\.ts', without: { excused: 'for a reason' } },
      { what: 'a mention', where: 'packages/tensor/README\\.md' },
    ],
  },
  {
    kind: 'loss',
    members: { exportsOf: 'packages/tensor/src/losses\\.ts', named: '[a-z].*' },
    evidence: [{ what: 'a mention', where: 'packages/tensor/README\\.md' }],
  },
];
const files = {
  'packages/tensor/src/recipes/recipe.ts': '',
  'packages/tensor/src/recipes/new-one.ts': '',
  'packages/tensor/src/recipes/excused.ts': '',
  'packages/tensor/src/index.ts': "export { newOne } from './recipes/new-one.ts';\nexport { excused } from './x.ts';\n",
  'packages/tensor/test/golden/newOne.json': '{}',
  'packages/tensor/test/golden/excused.json': '{}',
  'packages/tensor/test/laws.test.ts': "import { newOne } from 'x';\nrow('newOne', newOne);\n",
  'packages/tensor/README.md': 'The optimizers newOne, excused; the loss mae.',
  'packages/tensor/src/losses.ts': 'export const mae = 1;\nexport type Loss = number;\nexport class LossError {}\n',
};

describe('whoever adds one of a kind', () => {
  it('added all of it in this repository', () => {
    expect(checkKinds(whole)).toEqual([]);
  });

  it('is told nothing when all is there', () => {
    expect(checkKinds(makeWorkspace(files), table)).toEqual([]);
  });

  it.each([
    ['packages/tensor/src/index.ts', "export { excused } from './x.ts';", 'newOne lacks an export'],
    ['packages/tensor/test/laws.test.ts', "import { newOne } from 'x';\n// newOne", 'newOne lacks a law'],
    ['packages/tensor/README.md', 'newOnes, excused, mae', 'newOne lacks a mention'],
    ['packages/tensor/README.md', 'newOne, excused', 'the loss mae lacks a mention: packages/tensor/README.md'],
    ['packages/tensor/src/losses.ts', 'export function other() {}', 'the loss other lacks a mention'],
    ['packages/tensor/src/losses.ts', "export { other } from './x.ts';", 'the loss other lacks a mention'],
    ['packages/tensor/src/losses.ts', '', 'loss: nothing at packages/tensor/src/losses'],
  ])('is told what is missing: %s: %j', (file, text, problem) => {
    expect(checkKinds(makeWorkspace({ ...files, [file]: text }), table)).toEqual([expect.stringContaining(problem)]);
  });

  it('is told that a file is missing, and where it belongs', () => {
    const { 'packages/tensor/test/golden/newOne.json': _, ...rest } = files;
    expect(checkKinds(makeWorkspace(rest), table)).toEqual([
      'packages/tensor/src/recipes/new-one.ts: the optimizer newOne lacks a golden file: packages/tensor/test/golden/newOne.json',
    ]);
  });

  it('cannot keep an excuse for what is gone', () => {
    const { 'packages/tensor/src/recipes/excused.ts': _, ...rest } = files;
    expect(checkKinds(makeWorkspace(rest), table)).toEqual(['optimizer: kinds.ts excuses excused, which is gone']);
  });
});

/** This repository with one more member of a kind, which nothing else knows of. */
const additions: readonly (readonly [string, string, string | undefined])[] = [
  ['optimizer', 'packages/optim/src/recipes/brand-new.ts', undefined],
  ['schedule', 'packages/schedulers/src/brand-new.ts', undefined],
  ['loss', 'packages/trainer/src/losses/index.ts', "export { brandNew } from './brand-new.ts';"],
  ['metric', 'packages/forecast/src/metrics/index.ts', "export { brandNew } from './brand-new.ts';"],
  ['reader', 'packages/data/src/index.ts', "export { readBrandNew } from './brand-new.ts';"],
  ['engine', 'packages/backend-brand-new/package.json', undefined],
  ['model', 'packages/forecast/src/models/brand-new-factory.ts', undefined],
];

describe('one more member in this repository, alone,', () => {
  it('is tried for every kind', () => {
    expect(additions.map(([kind]) => kind)).toEqual(kinds.map(({ kind }) => kind));
  });

  it.each(additions)('lacks everything that the table asks for: %s', (name, file, line) => {
    const kind = kinds.find((each) => each.kind === name)!;
    const text = line === undefined ? '' : `${readFileSync(join(repository, file), 'utf8')}\n${line}\n`;
    const found = checkKinds(withFile(file, text, kind), [kind]);
    expect(found).toHaveLength(kind.evidence.length);
    for (const { what } of kind.evidence) expect(found.join('\n')).toContain(`lacks ${what}`);
  });
});

/** The repository's own files that the rule reads, in a folder with this one added or replaced. */
function withFile(file: string, text: string, { members, evidence }: Kind): Workspace {
  const read = [
    'files' in members ? members.files : members.exportsOf,
    ...evidence.map(({ where }) => where.replaceAll('NAME', '[\\w-]+')),
  ];
  const pattern = new RegExp(`^(?:${read.join('|')})$`);
  const own = whole.files.filter((each) => pattern.test(each));
  const copies = own.map((each) => [each, readFileSync(join(repository, each), 'utf8')]);
  const root = makeFolder({ ...Object.fromEntries(copies), [file]: text });
  return { root, packages: [], files: [...new Set([...own, file])] };
}
