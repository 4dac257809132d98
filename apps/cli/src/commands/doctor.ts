import { availableParallelism, cpus } from 'node:os';
import type { BackendDescription } from '@nt/tensor';
import manifest from '../../package.json' with { type: 'json' };
import { createEngine } from '../create-engine.ts';
import { engines } from '../engine-names.ts';
import { printableLines } from '../output/terminal.ts';

export interface DoctorFlags {
  readonly json?: boolean;
}

/** What became of an engine or a kernel set. */
interface Finding {
  readonly name: string;
  readonly works: boolean;
  /** What it is, when it works. */
  readonly description: BackendDescription | null;
  /** Why it does not, and what to do. */
  readonly problem: string | null;
}

/** Tells what this machine computes with. @returns the exit code */
export async function doctor(flags: DoctorFlags): Promise<number> {
  const found = {
    nt: manifest.version,
    node: process.version,
    system: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
    engines: await oneByOne(engines, (name) => createEngine(name, 'float32')),
    kernelSets: await oneByOne(...(await kernelSets())),
  };
  process.stdout.write(flags.json ? `${JSON.stringify(found, undefined, 2)}\n` : `${printableLines(lines(found))}\n`);
  return found.engines.find(({ name }) => name === 'cpu')?.works ? 0 : 1;
}

type Engine = Awaited<ReturnType<typeof createEngine>>;

async function kernelSets(): Promise<[names: readonly string[], create: (name: string) => Promise<Engine>]> {
  const { createCpuBackend, kernelSetNames } = await import('@nt/backend-cpu');
  // Sets of another processor family are no defect of this machine.
  const foreign = process.arch === 'arm64' ? /avx|sse/ : /neon/;
  const own = kernelSetNames.filter((name) => !foreign.test(name));
  const create = async (kernels: string): Promise<Engine> =>
    (await createCpuBackend({ kernels: kernels as (typeof own)[number], threads: 1 })) as unknown as Engine;
  return [own, create];
}

/** One engine of tfjs at a time. */
async function oneByOne<Name extends string>(
  names: readonly Name[],
  create: (name: Name) => Promise<Engine>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const name of names) findings.push(await tryOut(name, () => create(name)));
  return findings;
}

/** Starting is not enough: it has to compute. */
async function tryOut(name: string, create: () => Promise<Engine>): Promise<Finding> {
  let engine: Engine | undefined;
  try {
    engine = await create();
    const { ops } = engine;
    const square = ops.tensor([1, 2, 3, 4], [2, 2]);
    const product = ops.matMul(square, square);
    const values = Array.from(await product.data());
    ops.dispose([square, product]);
    const description = await engine.describe();
    if (values.join() !== '7,10,15,22')
      throw new Error(`it computes wrongly: [[1,2],[3,4]]² gave ${values.join(', ')}`);
    return { name, works: true, description, problem: null };
  } catch (error) {
    return { name, works: false, description: null, problem: (error as Error).message };
  } finally {
    await engine?.dispose();
  }
}

function lines(
  found: Record<'engines' | 'kernelSets', readonly Finding[]> & Readonly<Record<string, unknown>>,
): string {
  const { engines: all, kernelSets: sets } = found;
  const told = all.map(({ name, description, problem }) =>
    description === null
      ? `  no   ${name}: ${problem}`
      : `  yes  ${name}: ${description.engine}, ${description.device}, ${description.kernelSet}${threadsOf(description)}`,
  );
  const kernels = sets.map(({ name, works, problem }) => (works ? `  yes  ${name}` : `  no   ${name}: ${problem}`));
  return [
    `nt ${found['nt']}, node ${found['node']}, ${found['system']}`,
    `${found['processor']}, ${found['processors']} processors to use`,
    'engines (--backend):',
    ...told,
    'kernel sets of the CPU engine (NT_KERNELS; the first that works is used):',
    ...kernels,
  ].join('\n');
}

const threadsOf = ({ threads }: BackendDescription): string => (threads === undefined ? '' : `, ${threads} threads`);
