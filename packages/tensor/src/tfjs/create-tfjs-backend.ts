import * as tf from '@tensorflow/tfjs-core';
import type { Backend, BackendDescription } from '../backend.ts';
import { checkOptions } from '../check-options.ts';
import { guardOps } from '../guard-ops.ts';
import { kernelNames } from '../kernel-names.ts';
import type { Variable } from '../tensor.ts';
import { TensorError } from '../tensor-error.ts';
import { createVariable } from './create-variable.ts';
import { tfjsOps } from './tfjs-ops.ts';

/** What an adapter says about its engine; the rest of the description is read from tfjs. */
export interface TfjsBackendOptions {
  /** Our name of the backend, e.g. `cpu`. */
  readonly name: string;
  /** The name under which the engine is registered with tfjs, e.g. `cpu`, `webgpu`, `tensorflow`. */
  readonly tfjsName: string;
  /** Called once the engine is active. */
  readonly describe: () =>
    | Omit<BackendDescription, 'name' | 'fusedKernels'>
    | Promise<Omit<BackendDescription, 'name' | 'fusedKernels'>>;
  /** Frees what the adapter holds besides the engine. */
  readonly onDispose?: () => void | Promise<void>;
}

/** tfjs has one active engine in a process; this slot (shared by all copies of this package) says whose it is. */
const slot = Symbol.for('nt.active-tfjs-backend');
type Slot = { [slot]?: { readonly name: string } };

/**
 * Makes a registered tfjs engine the active one and wraps it as a `Backend`. For authors of adapters.
 *
 * @throws TensorError `tensor/backend-active` while another tfjs `Backend` has not been disposed,
 *   `tensor/backend-unavailable` when tfjs does not activate the engine (it would silently keep another one)
 */
export async function createTfjsBackend(options: TfjsBackendOptions): Promise<Backend<tf.Tensor>> {
  checkOptions('createTfjsBackend', options, ['name', 'tfjsName', 'describe', 'onDispose']);
  const owner = claim(options.name);
  try {
    await activate(options);
  } catch (error) {
    release(owner);
    throw error;
  }
  let disposal: Promise<void> | undefined;
  const checkAlive = (): void => check(owner, disposal === undefined, options);
  const live = new Set<Variable<tf.Tensor>>();
  const own = tfjsOps();
  const ops = guardOps(
    { ...own, variable: (initial, { name }) => createVariable(initial, { name }, live) },
    checkAlive,
  );
  return {
    name: options.name,
    ops,
    describe: async () => {
      checkAlive();
      const fusedKernels = Object.values(kernelNames).filter((name) => tf.getKernel(name, options.tfjsName));
      return { name: options.name, ...(await options.describe()), fusedKernels };
    },
    settle: async () => {
      checkAlive();
      const probe = tf.tidy(() => tf.add(tf.scalar(0), tf.scalar(0)));
      await probe.data();
      probe.dispose();
    },
    memory: () => ({ tensors: tf.memory().numTensors, bytes: tf.memory().numBytes }),
    dispose: () => {
      disposal ??= close(owner, live, options);
      return disposal;
    },
  };
}

function claim(name: string): { readonly name: string } {
  const holder = globalThis as Slot;
  const active = holder[slot];
  if (active) {
    throw new TensorError(
      'tensor/backend-active',
      `Cannot create backend '${name}': tfjs runs one engine at a time and backend '${active.name}' is in use. Call dispose() on it first.`,
      { requested: name, active: active.name },
    );
  }
  const owner = { name };
  holder[slot] = owner;
  return owner;
}

function release(owner: { readonly name: string }): void {
  const holder = globalThis as Slot;
  if (holder[slot] === owner) delete holder[slot];
}

/** Gives tfjs back only when the engine is gone: one that is still being freed must not meet its successor. */
async function close(
  owner: { readonly name: string },
  live: ReadonlySet<Variable<tf.Tensor>>,
  { onDispose }: TfjsBackendOptions,
): Promise<void> {
  freeNames(live);
  try {
    await onDispose?.();
  } finally {
    release(owner);
  }
}

/** tfjs keeps variables by name also when their engine is gone: the next engine could not use these names. */
function freeNames(live: ReadonlySet<Variable<tf.Tensor>>): void {
  for (const variable of [...live]) {
    try {
      variable.dispose();
    } catch {
      // Of a lost device nothing can be freed but the name.
      delete tf.engine().registeredVariables[variable.name];
    }
  }
}

async function activate({ name, tfjsName }: TfjsBackendOptions): Promise<void> {
  let cause: unknown;
  // tfjs throws for an engine that was never registered and answers false for one that could not start.
  const activated = await tf.setBackend(tfjsName).catch((error: unknown) => {
    cause = error;
    return false;
  });
  if (activated && tf.getBackend() === tfjsName) return;
  throw new TensorError(
    'tensor/backend-unavailable',
    `Backend '${name}': tfjs could not activate its engine '${tfjsName}'${cause instanceof Error ? ` (${cause.message})` : ''}.`,
    { name, tfjsName },
    cause,
  );
}

function check(owner: { readonly name: string }, alive: boolean, { name, tfjsName }: TfjsBackendOptions): void {
  if (!alive || (globalThis as Slot)[slot] !== owner) {
    throw new TensorError('tensor/backend-disposed', `Backend '${name}' was disposed; create it again.`, { name });
  }
  if (tf.getBackend() !== tfjsName) {
    throw new TensorError(
      'tensor/backend-disposed',
      `Backend '${name}' is no longer active: someone called tf.setBackend('${tf.getBackend()}'). Create the backend again.`,
      { name, active: tf.getBackend() },
    );
  }
}
