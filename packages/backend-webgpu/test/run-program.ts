import { runProgram as run } from '@nt/engine-tests';
import { vulkanDriver } from './needs.ts';

/** Runs `test/programs/<name>.ts` on the software adapter: Dawn wants its shims before anything of tfjs is imported. */
export const runProgram = (
  name: string,
  parameters: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): Promise<unknown> =>
  run(new URL(`programs/${name}.ts`, import.meta.url), {
    parameters,
    environment: { VK_DRIVER_FILES: vulkanDriver, ...environment },
  });
