import { expect, it } from 'vitest';
import { createEngine, missingPackage } from '../src/create-engine.ts';
import { engines } from '../src/engine-names.ts';
import { nt, temporaryFolder } from './run-nt.ts';

it('nt doctor tells of every engine whether it works, and what to do about those that do not', async () => {
  const { code, stdout } = await nt(temporaryFolder(), 'doctor', '--json');
  const found = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(found.engines.map(({ name }: { name: string }) => name)).toEqual(engines);
  for (const { works, description, problem } of [...found.engines, ...found.kernelSets]) {
    expect(works).toBe(problem === null);
    if (works) expect(description.kernelSet).toMatch(/\w/);
    else expect(problem).toMatch(/\w{3}.*\w/);
  }
  const working = found.kernelSets.filter(({ works }: { works: boolean }) => works);
  expect(working.map(({ name }: { name: string }) => name)).toContain('js');
  expect(found.processors).toBeGreaterThan(0);
});

it('and says so to people', async () => {
  const { code, stdout } = await nt(temporaryFolder(), 'doctor');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^nt \d.*node v\d/m);
  expect(stdout).toMatch(/^ {2}yes {2}cpu: @nt\/backend-cpu/m);
  expect(stdout).toMatch(/^ {2}yes {2}wasm/m);
});

it('auto ends at an engine that works and tells what it passed over', async () => {
  const lines: string[] = [];
  const backend = await createEngine('auto', 'float32', (line) => lines.push(line));
  expect(lines.at(-1)).toBe(`--backend auto: computing on ${backend.name}`);
  expect(lines.slice(0, -1).every((line) => line.startsWith('passed over: '))).toBe(true);
  if (backend.name === 'cpu') expect(lines).toHaveLength(3);
  await backend.dispose();
});

it('an engine asked for by name runs, or is an error that says what to do', async () => {
  for (const name of ['webgpu', 'node-gpu'] as const) {
    const made = await createEngine(name, 'float32').catch((error: unknown) => error);
    if (made instanceof Error) expect(made).toMatchObject({ code: 'tensor/backend-unavailable' });
    else await (made as { dispose(): Promise<void> }).dispose();
  }
});

it('a package that is not there is named with how to install it', () => {
  const error = (message: string): Error => Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' });
  expect(missingPackage(error("Cannot find package '@nt/backend-webgpu' imported from x"))?.message).toMatch(
    /npm install --global @nt\/backend-webgpu webgpu@/,
  );
  expect(missingPackage(error("Cannot find package 'other' imported from x"))).toBeUndefined();
  expect(missingPackage(new Error('no such thing'))).toBeUndefined();
});
