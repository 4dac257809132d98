export { bundleCoreSuite } from './bundle-core-suite.ts';
export { expectCoreSuite, type KnownFailures } from './expect-core-suite.ts';
export type { SuiteOptions, SuiteResult } from './run-core-suite.ts';
export { type NodeSuite, runCoreSuiteInNode } from './run-core-suite-in-node.ts';
