import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testAll } from '../../test-all/test-all.mjs';
import { makeFolder, repository } from './fixture.ts';

const counted = /^\d+ passed, \d+ failed$/;
const limits = { timeout: 120_000 };

describe('a whole run', () => {
  it('is green when lint, types and tests are', limits, async () => {
    const { exitCode, lines } = await run(packageFiles('green', "it('holds', () => {});"));
    expect(lines.at(-1)).toBe('3 passed, 0 failed');
    expect(exitCode).toBe(0);
  });

  it('counts a failed test, a type error, a crash of vitest and a package that reports nothing', limits, async () => {
    const { exitCode, lines } = await run({
      ...packageFiles('red', "it('fails', () => {\n  console.log('9 passed, 0 failed');\n  throw new Error();\n});"),
      ...packageFiles('types', "it('holds', () => {});"),
      'packages/types/src/wrong.ts': "export const text: string = Number('1');\n",
      ...packageFiles('crash', "it('holds', () => {});"),
      'packages/crash/vitest.config.ts': "process.kill(process.pid, 'SIGKILL');\n",
      ...packageFiles('silent', "it('holds', () => {});"),
      'packages/silent/vitest.config.ts': "export default { test: { include: ['none'], passWithNoTests: true } };\n",
    });
    expect(exitCode).toBe(1);
    expect(lines.filter((line) => counted.test(line))).toEqual(['5 passed, 4 failed']);
    expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual([
      'FAILED types: types: 1 errors, see the lines above',
      expect.stringMatching(/^FAILED crash: vitest ended with .* and no report/),
      expect.stringMatching(/^FAILED red: failed: fails/),
      expect.stringMatching(/^FAILED silent: not in the report: .*a\.test\.ts/),
    ]);
  });

  it('checks packages with the same options at once, and says which is at fault', limits, async () => {
    const common = { noEmit: true, skipLibCheck: true, types: [] };
    const looseNull = 'export const nothing: number = null;\n';
    const { lines } = await run({
      ...onlyTypes('faulty', "export const text: string = 1;\nexport const list: number[] = 'a';\n"),
      ...onlyTypes('loose', looseNull, common),
      ...onlyTypes('mistaken', '', { ...common, strickt: true }),
      ...onlyTypes('right', 'export const one: number = 1;\n'),
      ...onlyTypes('strict', looseNull),
    });
    expect(lines.filter((line) => line.startsWith('FAILED'))).toEqual([
      'FAILED faulty: types: 2 errors, see the lines above',
      'FAILED strict: types: 1 errors, see the lines above',
      'FAILED mistaken: types: 1 errors, see the lines above',
    ]);
    expect(lines.at(-1)).toBe('3 passed, 3 failed');
    expect(lines.join('\n')).toContain("types | packages/faulty/src/a.ts(1,14): error TS2322: Type 'number' is not");
  });

  it('is red when there is nothing to run', limits, async () => {
    const { exitCode, lines } = await run({});
    expect(exitCode).toBe(1);
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
  });

  it('of one package runs only that, and an unknown name is an error', limits, async () => {
    const files = {
      ...packageFiles('one', "it('holds', () => {});"),
      ...packageFiles('two', "it('holds', () => {});"),
    };
    const { lines } = await run(files, ['@nt/one']);
    expect(lines.at(-1)).toBe('2 passed, 0 failed');
    const unknown = await run(files, ['three']);
    expect(unknown.exitCode).toBe(1);
    expect(unknown.lines.join()).toContain('expected names among one, two');
  });
});

async function run(files: Readonly<Record<string, string>>, only: string[] = []) {
  const root = makeFolder({ 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n', 'biome.json': biome, ...files });
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'junction');
  const lines: string[] = [];
  const exitCode = await testAll({ root, only, print: (line) => lines.push(line) });
  return { exitCode, lines };
}

const biome = JSON.stringify({ files: { includes: ['**', '!node_modules'] }, formatter: { enabled: false } });

const strict = { noEmit: true, strict: true, skipLibCheck: true, types: [] };

/** A package without tests. */
function onlyTypes(name: string, source: string, compilerOptions: object = strict): Record<string, string> {
  return {
    [`packages/${name}/package.json`]: JSON.stringify({ name: `@nt/${name}`, type: 'module' }),
    [`packages/${name}/tsconfig.json`]: JSON.stringify({ compilerOptions, include: ['src'] }),
    [`packages/${name}/src/a.ts`]: source,
  };
}

function packageFiles(name: string, test: string): Record<string, string> {
  return {
    [`packages/${name}/package.json`]: JSON.stringify({ name: `@nt/${name}`, type: 'module' }),
    [`packages/${name}/tsconfig.json`]: JSON.stringify({ compilerOptions: strict, include: ['src'] }),
    [`packages/${name}/vitest.config.ts`]: 'export default {};\n',
    [`packages/${name}/src/right.ts`]: 'export const one: number = 1;\n',
    [`packages/${name}/test/a.test.ts`]: `import { it } from 'vitest';\n\n${test}\n`,
  };
}
