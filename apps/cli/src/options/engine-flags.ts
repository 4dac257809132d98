import { type Command, InvalidArgumentError, Option } from 'commander';
import { type EngineName, engineNames } from '../engine-names.ts';
import { UsageError } from '../usage-error.ts';
import { integer } from './parse-number.ts';
import { reading } from './value-kind.ts';

/** Flags of everything that computes. */
export interface EngineFlags {
  readonly backend?: EngineName;
  readonly gpu?: number | true;
}

/** Adds the flags that say what computes. */
export function addEngineFlags(command: Command): Command {
  return command
    .addOption(new Option('--backend <name>', `what computes (default: ${engineNames[0]})`).choices(engineNames))
    .option(
      '--gpu [id]',
      'as --backend auto: the first GPU that works, else the CPU, and that is told',
      reading(firstGpu, { const: 0 }),
    );
}

/** The engine that the flags ask for; undefined when they do not. @throws UsageError when they ask for two */
export function engineAsked({ backend, gpu }: EngineFlags): EngineName | undefined {
  if (gpu === undefined) return backend;
  if (backend === undefined || backend === 'auto') return 'auto';
  throw new UsageError(`--gpu and --backend ${backend} say where to compute in two ways; give one of them.`);
}

/** The earlier system numbers GPUs; engines of ours take the first that the system shows. */
function firstGpu(text: string): number {
  if (integer(0)(text) === 0) return 0;
  throw new InvalidArgumentError(
    `Engines take the first GPU that they are shown; CUDA_VISIBLE_DEVICES=${text} in the environment makes that the first.`,
  );
}
