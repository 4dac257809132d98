/** What a page offers; neither Node's types nor ES2022's have it. */
interface Page {
  readonly document?: { readonly visibilityState: string };
  readonly requestAnimationFrame?: (painted: () => void) => number;
}

const usualMilliseconds = 40;
/** A frame of a page at 60 Hz: whoever computes longer holds up input and drawing. */
const frameMilliseconds = 16;
/** Pages that are hidden draw no frames. */
const longestFrameMilliseconds = 100;

/**
 * Lets signals, timers, input and, in pages, drawing in: an update that computes on this thread never gives them a turn by
 * itself, since awaiting a resolved promise does not.
 *
 * @param every milliseconds of computing after which others get a turn; default a frame in pages, else 40, so that it
 *   costs nothing
 */
export function breathing(every: number | 'never' | undefined): () => Promise<void> {
  const page = globalThis as Page;
  const inPage = page.document !== undefined && page.requestAnimationFrame !== undefined;
  const longest =
    every === 'never' ? Number.POSITIVE_INFINITY : (every ?? (inPage ? frameMilliseconds : usualMilliseconds));
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longest) return;
    if (inPage && page.document?.visibilityState === 'visible') await nextFrame(page);
    await nextTurn();
    last = performance.now();
  };
}

/** A turn alone would not do: pages may go on to the next task without drawing. */
function nextFrame(page: Page): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, longestFrameMilliseconds);
    page.requestAnimationFrame!(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The next turn of the event loop. Browsers delay nested timers by 4 ms; a message does not wait. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    const onmessage = (): void => {
      port1.close();
      resolve();
    };
    Object.assign(port1, { onmessage });
    port2.postMessage(null);
  });
}
