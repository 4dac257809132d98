const longestWithoutBreath = 40;

/**
 * Lets signals, timers and input in between updates: an update that computes on this thread never gives them a turn by
 * itself, since awaiting a resolved promise does not. At most one turn in 40 ms, so that it costs nothing.
 */
export function breathing(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < longestWithoutBreath) return;
    await nextTurn();
    last = performance.now();
  };
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
