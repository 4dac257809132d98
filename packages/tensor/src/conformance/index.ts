export { conformanceCases } from './cases/conformance-cases.ts';
export type {
  ConformanceCase,
  ConformanceInput,
  ConformanceKind,
  ConformanceMember,
  ErrorsCase,
  GradientsCase,
  MemoryCase,
  Observation,
  ValuesCase,
} from './conformance-case.ts';
export type { ConformanceOutcome, ConformanceReport, ConformanceResult } from './conformance-report.ts';
export { type ConformanceTolerances, defaultTolerances, type Tolerance } from './conformance-tolerances.ts';
export type { EngineUnderTest } from './engine-session.ts';
export type { KnownDefect } from './known-defect.ts';
export { type ConformanceOptions, runConformance } from './run-conformance.ts';
