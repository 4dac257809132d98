import type { Page } from 'playwright-core';

/** What happened to the page while it waited for its worker. */
export interface Meanwhile {
  /** Parts that moved, in words. */
  readonly shifts: readonly string[];
  /**
   * Processor time of each task of the page's thread in milliseconds: of what `PerformanceObserver` calls a long task the
   * part that does not depend on who else uses the machine.
   */
  readonly tasks: readonly number[];
}

/** Name of the mark at the end; then results appear, and what is below them makes room. */
const endMark = 'work-ended';

/** Watches from now on until an element says that the work has ended. */
export async function watchPage(
  page: Page,
  until: { readonly element: string; readonly says: string } = { element: '#training-status', says: 'Completed' },
): Promise<{ end(): Promise<Meanwhile> }> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await page.evaluate(
    ({ mark, element, says }) => {
      type Shift = PerformanceEntry & { readonly sources: readonly { readonly node: Element | null }[] };
      const shifts: { readonly at: number; readonly what: string }[] = [];
      let end = Number.POSITIVE_INFINITY;
      const status = document.querySelector(element)!;
      new MutationObserver(() => {
        if (end < Number.POSITIVE_INFINITY || !status.textContent!.includes(says)) return;
        end = performance.mark(mark).startTime;
      }).observe(status, { childList: true, characterData: true, subtree: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as Shift[])
          for (const { node } of entry.sources) {
            const name = node?.id || node?.className || node?.nodeName;
            shifts.push({ at: entry.startTime, what: `${name}: ${node?.textContent?.slice(0, 60)}` });
          }
      }).observe({ type: 'layout-shift' });
      const meanwhile = (): string[] => shifts.filter(({ at }) => at < end).map(({ what }) => what);
      Object.assign(globalThis, { meanwhile });
    },
    { mark: endMark, ...until },
  );
  return {
    async end() {
      const shifts = (await page.evaluate('meanwhile()')) as string[];
      return { shifts, tasks: tasksUntilEnd(await browser.stopTracing()) };
    },
  };
}

/** An event of Chromium's trace; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Processor time; left out where it is less than a microsecond. */
  readonly tdur?: number;
}

function tasksUntilEnd(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { readonly traceEvents: readonly TraceEvent[] };
  const end = traceEvents.find(({ name }) => name === endMark);
  if (!end) throw new Error('the trace has no end of the work');
  const tasks = traceEvents.filter(
    ({ name, pid, tid, ts }) => name.endsWith('RunTask') && pid === end.pid && tid === end.tid && ts < end.ts,
  );
  if (!tasks.some(({ tdur }) => tdur !== undefined)) throw new Error('the trace has no processor times');
  return tasks.map(({ tdur = 0 }) => tdur / 1000);
}
