import { describe, expect, it } from 'vitest';
import { checkArrows } from '../src/check-arrows.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, optim, repository } from './fixture.ts';

const table = { '@nt/tensor': [], '@nt/optim': ['@nt/tensor'], '@nt/optim/tfjs': ['@tensorflow/*'] };

describe('arrows between packages', () => {
  it('are those of the table in this repository', () => {
    expect(checkArrows(readWorkspace(repository))).toEqual([]);
  });

  it('may go where the table says, from an entry further than from its package', () => {
    expect(checkArrows(makeWorkspace(optim), table)).toEqual([]);
  });

  it.each([
    ["import '@nt/optim';", 'no arrow from @nt/tensor to @nt/optim'],
    ["export type { Two } from '@nt/optim/tfjs';", 'no arrow from @nt/tensor to @nt/optim'],
    ["export const late = () => import('@tensorflow/tfjs-core');", 'no arrow from @nt/tensor to @tensorflow/*'],
    ["export type Two = import('@nt/optim').Two;", 'no arrow from @nt/tensor to @nt/optim'],
    ["const x = require('@nt/optim');", 'no arrow from @nt/tensor to @nt/optim'],
    ["import { one } from '@nt/tensor';", 'use a relative path'],
    ["import { two } from '../../optim/src/index.ts';", 'a path out of packages/tensor'],
  ])('fail: %s in library code', (code, reason) => {
    const found = checkArrows(makeWorkspace({ ...optim, 'packages/tensor/src/bad.ts': code }), table);
    expect(found).toEqual([expect.stringContaining(reason)]);
    expect(found[0]).toContain('packages/tensor/src/bad.ts');
  });

  it('let tests and examples use other packages, but no app', () => {
    const files = {
      'packages/tensor/test/more.test.ts': "import '@nt/optim';\nimport '@tensorflow/tfjs-core';\nimport '@nt/cli';",
      'packages/tensor/src/more.test.ts': "import '@nt/optim';",
    };
    const found = checkArrows(makeWorkspace({ ...optim, ...files }), table);
    expect(found).toEqual(['packages/tensor/test/more.test.ts: imports @nt/cli: apps are not imported']);
  });

  it('are not what comments and strings say', () => {
    const code = "// import '@nt/optim'\nexport const text = `import '@nt/optim'`;";
    expect(checkArrows(makeWorkspace({ ...optim, 'packages/tensor/src/good.ts': code }), table)).toEqual([]);
  });

  it('fail for a package that the table does not know', () => {
    const [found] = checkArrows(makeWorkspace(optim), { '@nt/tensor': [] });
    expect(found).toContain('@nt/optim: not in the table');
  });
});
