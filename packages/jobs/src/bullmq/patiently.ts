import { JobsError } from '../jobs-error.ts';
import { pause } from '../pause.ts';

/** Does something on a server that may be away for a while. */
export type Patiently = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Tries until it works, so that a server that is started anew is waited for. Calls of BullMQ can be repeated: each looks at
 * the state of the job first.
 *
 * @param server for people
 * @param patience milliseconds until it counts as gone
 */
export function patiently(server: string, patience: number): Patiently {
  return async (work) => {
    const start = performance.now();
    let last: unknown;
    for (let wait = 50; ; wait = Math.min(1000, 2 * wait)) {
      const left = patience - (performance.now() - start);
      if (left <= 0) throw unreachable(server, patience, last);
      try {
        // A client without connection may keep a call for as long as it likes.
        return await inTime(work(), left);
      } catch (error) {
        if (!isAway(error)) throw error;
        last = error === late ? last : error;
        await pause(Math.min(wait, left));
      }
    }
  };
}

const late = new Error('no answer');

async function inTime<Result>(work: Promise<Result>, milliseconds: number): Promise<Result> {
  const over = new AbortController();
  const timeout = pause(milliseconds, over.signal).then(() => {
    throw late;
  });
  timeout.catch(() => {});
  try {
    return await Promise.race([work, timeout]);
  } finally {
    over.abort();
  }
}

/** Errors of a connection, and of a server that is just stopping or starting; all else is a mistake and is told. */
function isAway(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (error === late) return true;
  if (/^(E[A-Z]+|EAI_AGAIN|57P0[123]|08\d{3}|53300)$/.test(String(code)) && code !== 'ERR_MODULE_NOT_FOUND')
    return true;
  return /connection (is closed|terminated|timeout)|LOADING|terminating connection|timeout exceeded when trying to connect|socket/i.test(
    String(message),
  );
}

function unreachable(server: string, patience: number, last: unknown): JobsError {
  const why = last instanceof Error ? ` (${last.message || String((last as { code?: string }).code)})` : '';
  const message = `${server}: no answer within ${Math.round(patience / 1000)} s${why}. Check the address, and that the server runs; what is in it is kept.`;
  return new JobsError('jobs/unreachable', message, { server }, last);
}
