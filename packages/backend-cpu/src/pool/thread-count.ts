import { CpuEngineError } from '../cpu-engine-error.ts';
import { builtinModule } from './spawn-worker.ts';

/** More threads than this do not help on networks of the size this engine is for; more can be asked for. */
const mostByDefault = 8;
const mostAllowed = 64;

interface FileSystem {
  readFileSync(path: string, encoding: 'utf8'): string;
}

/**
 * Threads to use: the option, else `NT_THREADS`, else the processors that this process may use, at most 8.
 *
 * @throws CpuEngineError `backend-cpu/option`
 */
export function threadCount(
  option: number | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): number {
  if (option !== undefined) return checked('threads', option);
  const variable = environment['NT_THREADS'];
  if (variable !== undefined && variable !== '') return checked('NT_THREADS', Number(variable));
  return Math.max(1, Math.min(mostByDefault, availableProcessors()));
}

function checked(what: string, value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= mostAllowed) return value;
  throw new CpuEngineError(
    'backend-cpu/option',
    `${what}: expected an integer from 1 to ${mostAllowed}, got ${value}.`,
    { what, value },
  );
}

function availableProcessors(): number {
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } };
  const system = builtinModule<{ availableParallelism(): number }>('node:os');
  const processors = system?.availableParallelism() ?? navigator?.hardwareConcurrency ?? 1;
  const files = builtinModule<FileSystem>('node:fs');
  return files
    ? Math.min(
        processors,
        cgroupLimit((path) => files.readFileSync(path, 'utf8')),
      )
    : processors;
}

/**
 * Processors that the container's quota allows, rounded up; Infinity without one. Node's own count ignores quotas.
 *
 * @param read gives a file's text or throws
 */
export function cgroupLimit(read: (path: string) => string): number {
  const attempt = (path: string): string | undefined => {
    try {
      return read(path).trim();
    } catch {
      return undefined;
    }
  };
  const [quota, period] = attempt('/sys/fs/cgroup/cpu.max')?.split(' ') ?? [
    attempt('/sys/fs/cgroup/cpu/cpu.cfs_quota_us'),
    attempt('/sys/fs/cgroup/cpu/cpu.cfs_period_us'),
  ];
  const processors = Math.ceil(Number(quota) / Number(period));
  return processors >= 1 ? processors : Number.POSITIVE_INFINITY;
}
