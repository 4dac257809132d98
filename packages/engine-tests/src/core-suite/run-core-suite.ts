/// <reference path="./untyped-modules.d.ts" />
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { engine, env, getBackend } from '@tensorflow/tfjs-core';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
import * as jasmineRequire from 'jasmine-core/lib/jasmine-core/jasmine.js';
import { trainingOperations } from './training-operations.ts';

/** An engine that is registered with tfjs. */
export interface SuiteOptions {
  /** Its name in tfjs. */
  readonly tfjsName: string;
  /** Whether `dataSync()` works. */
  readonly isDataSync: boolean;
  readonly flags?: Readonly<Record<string, boolean | number | string>>;
  /** Called before each spec; the promise of what it gave is awaited after the spec, and tells what went wrong on the side. */
  readonly watch?: () => () => Promise<string | undefined>;
  /** Every spec of tfjs-core; default those of operations that training uses. */
  readonly whole?: boolean;
}

/** What came of it; JSON. */
export interface SuiteResult {
  /** Names of specs, without the engine's. */
  readonly passed: readonly string[];
  readonly failures: readonly { readonly name: string; readonly message: string }[];
  /** Names of the engines that were active after a spec. */
  readonly backends: readonly (string | undefined)[];
}

/** Runs tfjs-core's own specs on an engine, in this process or page. For `bundleCoreSuite`. */
export async function runCoreSuite(options: SuiteOptions): Promise<SuiteResult> {
  const { tfjsName, isDataSync, flags = {}, watch, whole = false } = options;
  const jasmine = jasmineRequire.core(jasmineRequire);
  // Compiling shaders for a software adapter takes seconds.
  jasmine.DEFAULT_TIMEOUT_INTERVAL = 60_000;
  const suite = jasmine.getEnv();
  Object.assign(globalThis, jasmineRequire.interface(jasmine, suite));
  setTestEnvs([{ name: tfjsName, backendName: tfjsName, flags, isDataSync }]);
  env().set('IS_TEST', true);
  // Says what the suite was run on, which is the same for all.
  const nameOf = (name: string): string => name.replace(` ${tfjsName} ${JSON.stringify(flags)}`, '');
  suite.configure({
    random: false,
    forbidDuplicateNames: false,
    specFilter: (spec: { getFullName(): string }) => whole || trainingOperations.test(nameOf(spec.getFullName())),
  });
  let end: (() => Promise<string | undefined>) | undefined;
  suite.beforeEach(() => {
    end = watch?.();
  });
  suite.afterEach(async () => {
    const complaint = await end?.();
    if (complaint !== undefined) suite.fail(complaint);
  });
  await import('@tensorflow/tfjs-core/dist/tests');
  const failures: { name: string; message: string }[] = [];
  const backends = new Set<string | undefined>();
  const passed: string[] = [];
  suite.addReporter({
    specDone({ fullName, status, failedExpectations }: SpecResult): void {
      if (status === 'passed') passed.push(nameOf(fullName));
      if (status === 'passed' || status === 'failed') backends.add(getBackend());
      if (status !== 'failed') return;
      failures.push({ name: nameOf(fullName), message: (failedExpectations[0]?.message ?? '').slice(0, 300) });
    },
  });
  console.warn = () => {};
  await suite.execute();
  engine().reset();
  return { passed, failures, backends: [...backends] };
}

interface SpecResult {
  readonly fullName: string;
  readonly status: string;
  readonly failedExpectations: readonly { readonly message: string }[];
}
