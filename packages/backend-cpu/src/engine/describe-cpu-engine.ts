import type { BackendDescription } from '@nt/tensor';
import { version_cpu } from '@tensorflow/tfjs-backend-cpu';
import { builtinModule } from '../pool/spawn-worker.ts';
import type { CpuPrecision } from './engine-settings.ts';
import type { NtCpuBackend } from './nt-cpu-backend.ts';

/** The processor's own products of bfloat16. */
const instruction = 'AVX512-BF16';

/** What the engine says of itself, once its threads have started or failed to. */
export async function describeCpuEngine(
  engine: NtCpuBackend,
  precision: CpuPrecision,
): Promise<Omit<BackendDescription, 'name' | 'fusedKernels'>> {
  const { kernels, runner } = engine;
  const started = await runner.started();
  return {
    engine: `@nt/backend-cpu over @tensorflow/tfjs-backend-cpu ${version_cpu}`,
    device: processorName(),
    threads: started.threads,
    kernelSet: kernels.name,
    floatWidth: 32,
    ...(precision !== 'float32' && {
      precision:
        kernels.bfloat16() === 'quick'
          ? `${precision} by ${instruction}`
          : `${precision}, emulated, no faster than float32 here`,
    }),
    limitations: limitations(engine, started, precision),
  };
}

function limitations(
  { kernels, runner, heap, withoutNative, withoutWasm }: NtCpuBackend,
  { threads, failed }: { readonly threads: number; readonly failed: number },
  precision: CpuPrecision,
): string[] {
  const found: string[] = [];
  if (withoutNative !== undefined) found.push(`No native kernels: ${withoutNative}.`);
  if (withoutWasm !== undefined)
    found.push(`Plain JavaScript on one thread (the set 'js'), many times slower: ${withoutWasm}.`);
  else if (kernels.name === 'js') found.push('Plain JavaScript on one thread: it was asked for.');
  else if (!heap.memory.shared && runner.threads === 1)
    found.push('One thread: one was asked for, or memory cannot be shared here.');
  if (failed > 0) found.push(`${failed} of ${threads + failed} threads did not start. ${whyNoWorkers()}`);
  if (precision !== 'float32' && kernels.bfloat16() !== 'quick') {
    const why =
      kernels.bfloat16() === 'slow'
        ? `${instruction} is slower than float32's own instructions on this processor`
        : `No kernels for ${instruction} here`;
    found.push(`${why}: ${precision} is emulated, and no faster than float32.`);
  }
  return found;
}

function whyNoWorkers(): string {
  if (builtinModule('node:worker_threads'))
    return "Where Node runs with --permission, it needs '--allow-worker' as well.";
  return (
    "In a page, its content security policy must allow 'worker-src blob:' (without a worker-src, what child-src, " +
    'script-src or default-src say counts).'
  );
}

function processorName(): string {
  const system = builtinModule<{ cpus(): { model: string }[]; arch(): string }>('node:os');
  return system?.cpus()[0]?.model.trim() || system?.arch() || 'cpu';
}
