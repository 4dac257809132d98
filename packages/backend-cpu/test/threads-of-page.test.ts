import { Worker as NodeWorker } from 'node:worker_threads';
import { createCpuBackend } from '@nt/backend-cpu';
import { lendThreads, threadsOfPage } from '@nt/backend-cpu/threads';
import { afterEach, expect, it, vi } from 'vitest';

/** What the page has started, by address of its script. */
class PageWorker {
  static readonly all: PageWorker[] = [];
  onerror: ((event: { preventDefault(): void }) => void) | null = null;
  isOver = false;
  #thread: NodeWorker | undefined;
  readonly #url: string;

  constructor(url: string) {
    if (refused === 'at once') throw new Error('no workers here');
    this.#url = url;
    PageWorker.all.push(this);
    if (refused === 'later') setTimeout(() => this.onerror?.({ preventDefault() {} }), 5);
  }

  async postMessage(workerData: unknown): Promise<void> {
    if (refused) return;
    const program = await (await fetch(this.#url)).text();
    this.#thread = new NodeWorker(program, { eval: true, workerData, execArgv: [] });
    this.#thread.unref();
  }

  terminate(): void {
    this.isOver = true;
    void this.#thread?.terminate();
  }
}

let refused: 'at once' | 'later' | undefined;
afterEach(() => {
  vi.unstubAllGlobals();
  PageWorker.all.length = 0;
  refused = undefined;
});

let lent: ReturnType<typeof lendThreads> | undefined;

/** A page and its worker, in one thread: what one says the other hears. */
function pageAndWorker(): ReturnType<typeof threadsOfPage> {
  vi.stubGlobal('Worker', PageWorker);
  const heard: ((event: { readonly data: unknown }) => void)[] = [];
  lent = lendThreads({ addEventListener: (_, listener) => void heard.push(listener) });
  const say = (data: unknown): void => {
    for (const listener of heard) listener({ data });
  };
  for (const foreign of [null, 'text', { id: 1 }]) say(foreign);
  return threadsOfPage({ postMessage: (data) => say(data) });
}

it('threads are started, and ended, by the page, and compute the same bits', async () => {
  const bits: string[] = [];
  for (const startThread of [pageAndWorker(), undefined]) {
    const backend = await createCpuBackend({ threads: 3, ...(startThread && { startThread }) });
    expect(await backend.describe()).toMatchObject({ threads: 3 });
    expect(PageWorker.all).toHaveLength(2);
    const { ops } = backend;
    const waves = ops.tensor(
      Float32Array.from({ length: 300 * 300 }, (_, i) => Math.sin(i)),
      [300, 300],
    );
    const product = ops.matMul(waves, waves);
    bits.push(Buffer.from((await product.data()).buffer).toString('base64'));
    await backend.dispose();
  }
  expect(bits[0]).toBe(bits[1]);
  await expect.poll(() => PageWorker.all.map(({ isOver }) => isOver)).toEqual([true, true]);
});

it('a page that terminates its worker ends the threads as well', async () => {
  const backend = await createCpuBackend({ threads: 3, startThread: pageAndWorker() });
  await backend.describe();
  lent!.terminate();
  expect(PageWorker.all.map(({ isOver }) => isOver)).toEqual([true, true]);
  await backend.dispose();
});

it.each(['at once', 'later'] as const)('a page that may start none, told %s: one thread, and why', async (when) => {
  refused = when;
  const backend = await createCpuBackend({ threads: 2, startThread: pageAndWorker() });
  const { threads, limitations } = await backend.describe();
  expect(threads).toBe(1);
  expect(limitations.join(' ')).toMatch(/1 of 2 threads did not start/);
  await backend.dispose();
});

it('what starts threads must be a function', async () => {
  await expect(createCpuBackend({ startThread: 'page' as never })).rejects.toMatchObject({
    code: 'backend-cpu/option',
    message: expect.stringMatching(/startThread: expected a function, as threadsOfPage\(\) gives, got string/),
  });
});
