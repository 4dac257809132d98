import type { CpuPrecision } from '@nt/backend-cpu';
import type { WebgpuPrecision } from '@nt/backend-webgpu';
import { type Backend, firstAvailable, type Tensor, TensorError } from '@nt/tensor';
import type { Precision } from '@nt/trainer';
import { type EngineName, engineNames, engines, type OneEngine, precisions } from './engine-names.ts';
import type { Terminal } from './output/terminal.ts';
import { UsageError } from './usage-error.ts';

/** What `auto` tries, in this order. */
const wanted: readonly OneEngine[] = ['webgpu', 'node-gpu', 'cpu'];

/**
 * Makes an engine that computes in `precision`.
 *
 * @param threads that compute, for the CPU engine; default its own choice
 * @param tell hears which engine `auto` chose and why those before it were not
 * @throws UsageError naming the engines that can; TensorError `tensor/backend-unavailable` for one that cannot run here
 */
export async function createEngine(
  name: EngineName,
  precision: Precision,
  tell: (line: string) => void = () => {},
  threads?: number,
): Promise<Backend<Tensor>> {
  if (threads !== undefined && !['cpu', 'auto'].includes(name))
    throw new UsageError(`--threads ${threads}: the engine '${name}' has no threads to choose; leave --threads out.`);
  const asked = name === 'auto' ? wanted : [name];
  const able = asked.filter((one) => precisions[one].includes(precision));
  if (able.length === 0) {
    const others = engines.filter((other) => precisions[other].includes(precision));
    const computes = [...new Set(asked.flatMap((one) => precisions[one]))].join(', ');
    throw new UsageError(
      `--precision ${precision}: the engine '${name}' computes in ${computes}. It can be had with ${others.map(toldOf).join(' or ')}.`,
    );
  }
  if (name !== 'auto') return makeEngine(name, precision, threads);
  const { backend, unavailable } = await firstAvailable(able.map((one) => () => makeEngine(one, precision, threads)));
  for (const { message } of unavailable) tell(`passed over: ${message}`);
  tell(`--backend auto: computing on ${backend.name}`);
  if (threads !== undefined && backend.name !== 'cpu') tell(`--threads ${threads}: ${backend.name} has none to choose`);
  return backend;
}

const toldOf = (engine: OneEngine): string =>
  engine === 'reference' ? '--backend reference, which is slow and meant for checks' : `--backend ${engine}`;

/** The engine that a job asks for, or the default one; what `auto` chose is told. */
export const engineOf = (
  { backend, threads }: { readonly backend?: EngineName | undefined; readonly threads?: number | undefined },
  { precision }: { readonly precision?: Precision | null | undefined },
  terminal: Terminal,
): Promise<Backend<Tensor>> => createEngine(backend ?? engineNames[0]!, precision ?? 'float32', terminal.line, threads);

/** The engine of a job whose flags may have asked for mixed precision where it can be had: what it came to is told. */
export async function toldEngine(
  { mixedPrecision }: { readonly mixedPrecision?: boolean },
  settings: Parameters<typeof engineOf>[0],
  plan: Parameters<typeof engineOf>[1],
  terminal: Terminal,
): Promise<Backend<Tensor>> {
  const backend = await engineOf(settings, plan, terminal);
  if (mixedPrecision)
    terminal.line(
      `note: --mixed-precision: ${backend.name} computes in ${await precisionTold(backend, plan.precision)}`,
    );
  return backend;
}

/** With how the engine does it, where it says so. */
const precisionTold = async (backend: Backend<Tensor>, precision?: Precision | null): Promise<string> =>
  (await backend.describe()).precision ?? precision ?? 'float32';

async function makeEngine(name: OneEngine, precision: Precision, threads?: number): Promise<Backend<Tensor>> {
  try {
    quietTfjs();
    // Tensors stay inside: what is trained with one engine never meets those of another.
    return (await makers[name](precision, threads)) as unknown as Backend<Tensor>;
  } catch (error) {
    throw missingPackage(error) ?? error;
  }
}

/**
 * The published command has its own tfjs, an engine beside it another copy of the same version; both share one state. The
 * second to be loaded would warn that the platform was set already, of which nobody can do anything.
 */
function quietTfjs(): void {
  const { _tfengine } = globalThis as { _tfengine?: { readonly ENV: { set(flag: 'PROD', value: boolean): void } } };
  _tfengine?.ENV.set('PROD', true);
}

/** Each engine is loaded when it is asked for. Those for GPUs are not installed with the command: they are large. */
const makers: Readonly<Record<OneEngine, (precision: Precision, threads?: number) => Promise<unknown>>> = {
  cpu: async (precision, threads) =>
    (await import('@nt/backend-cpu')).createCpuBackend({
      precision: precision as CpuPrecision,
      ...(threads !== undefined && { threads }),
    }),
  webgpu: async (precision) =>
    (await import('@nt/backend-webgpu')).createWebgpuBackend({ precision: precision as WebgpuPrecision }),
  'node-gpu': async () => (await import('@nt/backend-node-gpu')).createNodeGpuBackend(),
  reference: async (precision) =>
    precision === 'float32'
      ? (await import('@nt/tensor/reference')).createReferenceBackend()
      : (await import('@nt/trainer/precision')).createMixedReference(precision),
};

/** What is installed beside `nt` for an engine. */
const packages: Readonly<Record<string, string>> = {
  '@nt/backend-webgpu': '@nt/backend-webgpu webgpu@0.6.2',
  '@nt/backend-node-gpu': '@nt/backend-node-gpu @tensorflow/tfjs-node-gpu@4.22.0',
};

/** The engine's own package is not there: what to install. */
export function missingPackage(error: unknown): TensorError | undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const name = Object.keys(packages).find((one) => message.includes(`'${one}'`));
  if (name === undefined) return undefined;
  return new TensorError(
    'tensor/backend-unavailable',
    `The package ${name} is not installed. Install it beside nt: npm install --global ${packages[name]}`,
    { reason: 'not-installed', package: name },
    error,
  );
}
