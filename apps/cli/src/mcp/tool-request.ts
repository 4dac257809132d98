import type { ServerContext } from '@modelcontextprotocol/server';
import type { Progress } from './call-progress.ts';
import type { ToolRequest } from './tool.ts';

/** Many clients give up a call of which they hear nothing for a minute. */
const silenceMilliseconds = 15_000;

/**
 * What a tool needs of a request of the protocol. While the call runs its progress is told, and in long silence that it
 * still runs.
 *
 * @param left aborts when the client is gone
 */
export function toolRequest({ mcpReq }: ServerContext, left: AbortSignal): ToolRequest & { readonly end: () => void } {
  const token = mcpReq._meta?.progressToken;
  const start = performance.now();
  let told: Progress = { progress: -1, message: 'at work' };
  const tell = (progress: Progress): void => {
    told = progress;
    // A client that is gone hears nothing.
    if (token !== undefined)
      mcpReq
        .notify({ method: 'notifications/progress', params: { progressToken: token, ...progress } })
        .catch(() => {});
  };
  const watch = setInterval(() => {
    const seconds = Math.round((performance.now() - start) / 1000);
    const message = `${told.message.replace(/ \(\d+ s\)$/, '')} (${seconds} s)`;
    // The number has to grow.
    tell({ ...told, progress: Math.max(0, told.progress + 0.001), message });
  }, silenceMilliseconds);
  return {
    signal: AbortSignal.any([mcpReq.signal, left]),
    onProgress: (progress) => {
      if (progress.progress <= told.progress) return;
      watch.refresh();
      tell(progress);
    },
    end: () => clearInterval(watch),
  };
}
