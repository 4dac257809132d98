import type { Backend } from '../backend.ts';
import { checkOptions } from '../check-options.ts';
import type { NetworkOps } from '../network-ops.ts';
import type { Tensor } from '../tensor.ts';
import { TensorError } from '../tensor-error.ts';
import { conformanceCases } from './cases/conformance-cases.ts';
import { checkErrors, describeError } from './check-errors.ts';
import { checkGradients } from './check-gradients.ts';
import { checkMemory } from './check-memory.ts';
import { checkValues } from './check-values.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { type ConformanceReport, type ConformanceResult, conformanceReport } from './conformance-report.ts';
import { type ConformanceTolerances, defaultTolerances } from './conformance-tolerances.ts';
import { type EngineSession, type EngineUnderTest, notingVariables } from './engine-session.ts';
import { type KnownDefect, knownReasons } from './known-defect.ts';

/** Options of `runConformance`. */
export interface ConformanceOptions {
  /** Default: all, `conformanceCases`. */
  readonly cases?: readonly ConformanceCase[];
  /** Default: by the engine's `floatWidth`. */
  readonly tolerances?: Partial<ConformanceTolerances>;
  /** Cases that the engine fails, with reasons; default none. Those outside `cases` are not looked at. */
  readonly knownDefects?: readonly KnownDefect[];
  /** The engine claims only a part of `NetworkOps`: `lacking` cases are then no failures. Default false. */
  readonly partial?: boolean;
}

const optionNames = ['cases', 'tolerances', 'knownDefects', 'partial'] as const;

/**
 * Runs every case on `engine`, one after the other, and reports. Never throws for what the engine does wrong. Needs
 * no test runner and no Node: it runs in a page too. The engine must not be used by anyone else meanwhile.
 *
 * @param reference a float64 reference backend (`createReferenceBackend()`); stays the caller's
 * @throws TensorError `tensor/option` for unknown options, a known defect that names no case or is given twice, or a
 *   reference that is not float64
 */
export async function runConformance<T extends Tensor, R extends Tensor>(
  engine: EngineUnderTest<T>,
  reference: Backend<R>,
  options: ConformanceOptions = {},
): Promise<ConformanceReport> {
  checkOptions('runConformance', options, optionNames);
  const cases = options.cases ?? conformanceCases;
  const reasons = knownReasons(options.knownDefects ?? [], [...cases, ...conformanceCases]);
  const session = await openSession(engine, reference, options.tolerances);
  const results: ConformanceResult[] = [];
  for (const testCase of cases) {
    results.push(await runCase(testCase, engine, session, reasons.get(testCase.name)));
  }
  const members = Object.keys(reference.ops);
  const own = members.filter((name) => has(engine, name));
  return conformanceReport(engine.name, results, members, own, options.partial ?? false);
}

async function openSession<T extends Tensor, R extends Tensor>(
  engine: EngineUnderTest<T>,
  reference: Backend<R>,
  tolerances: Partial<ConformanceTolerances> = {},
): Promise<EngineSession<T, R>> {
  const { floatWidth } = await reference.describe();
  if (floatWidth !== 64) {
    throw new TensorError('tensor/option', `runConformance: the reference must be float64, got ${floatWidth} bits.`);
  }
  const width = (await engine.describe?.())?.floatWidth ?? 32;
  return {
    ops: engine.ops as NetworkOps<T>,
    tensors: () => engine.memory?.().tensors ?? 0,
    reference: reference.ops,
    tolerances: { ...defaultTolerances[width], ...tolerances },
  };
}

const has = <T extends Tensor>(engine: EngineUnderTest<T>, member: string): boolean =>
  typeof (member === 'memory' ? engine.memory : engine.ops[member as keyof NetworkOps<T>]) === 'function';

async function runCase<T extends Tensor, R extends Tensor>(
  testCase: ConformanceCase,
  engine: EngineUnderTest<T>,
  session: EngineSession<T, R>,
  reason: string | undefined,
): Promise<ConformanceResult> {
  const result = { case: testCase.name, kind: testCase.kind };
  const missing = testCase.members.filter((member) => !has(engine, member));
  if (missing.length > 0) return { ...result, outcome: 'lacking', missing, message: `needs ${missing.join(', ')}` };
  const message = (await findProblems(testCase, session)).join('; ');
  if (message === '') {
    if (reason === undefined) return { ...result, outcome: 'passed' };
    return { ...result, outcome: 'unexpected-pass', message: `passes, but is declared as a known defect (${reason})` };
  }
  if (reason === undefined) return { ...result, outcome: 'failed', message };
  return { ...result, outcome: 'known-defect', message: `${reason} (${message})` };
}

async function findProblems<T extends Tensor, R extends Tensor>(
  testCase: ConformanceCase,
  session: EngineSession<T, R>,
): Promise<string[]> {
  const made: T[] = [];
  const before = session.tensors();
  const noting = { ...session, ops: notingVariables(session.ops, made) };
  const problems = await check(testCase, noting).catch((error: unknown) => [`threw ${describeError(error)}`]);
  const left = session.tensors() - before;
  if (problems.length > 0) for (const variable of made) variable.dispose();
  // After a failure something may be left that a passing engine would have freed: one problem is enough then.
  // And without `tidy` a case has no means to free its intermediate results.
  if (left === 0 || problems.length > 0 || typeof session.ops.tidy !== 'function') return problems;
  return [`tensors alive afterwards: expected ${before}, found ${before + left}`];
}

function check<T extends Tensor, R extends Tensor>(
  testCase: ConformanceCase,
  session: EngineSession<T, R>,
): Promise<string[]> {
  switch (testCase.kind) {
    case 'values':
    case 'random':
      return checkValues(testCase, session);
    case 'gradients':
      return checkGradients(testCase, session);
    case 'memory':
      return checkMemory(testCase, session);
    case 'errors':
      return checkErrors(testCase, session);
  }
}
