import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { collectRules } from '../tools/collect-rules.ts';
import { knownRulesFile } from '../tools/known-rules-file.ts';

it('the updates of the common optimizers are those that the native kernels have compiled ahead', async () => {
  const known = JSON.parse(await readFile(knownRulesFile, 'utf8')) as unknown;
  expect(await collectRules(), 'run: node --import tsx --conditions=@nt/source tools/write-known-rules.ts').toEqual(
    known,
  );
});
