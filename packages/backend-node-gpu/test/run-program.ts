import { runProgram as run } from '@nt/engine-tests';

/** pnpm's commands set NODE_PATH, through which a package would find what it did not install. */
const environment: NodeJS.ProcessEnv = { NODE_PATH: undefined, TF_CPP_MIN_LOG_LEVEL: '2' };

/** Runs `test/programs/<name>.ts`. */
export const runProgram = (name: string, ...parameters: readonly string[]): Promise<unknown> =>
  run(new URL(`programs/${name}.ts`, import.meta.url), { parameters, environment });
