export { type ProgramOptions, runProgram } from './run-program.ts';
export { type EngineUnderTest, testEngine } from './test-engine.ts';
