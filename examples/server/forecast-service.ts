import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { advanceByRule, DataError, readRows, seriesIndex, timeAt, writeTime } from '@nt/data';
import { ForecastError, type Predictor } from '@nt/forecast';

/** What a service needs: how its model is loaded, how rows are read, and how old the newest may be. */
export interface ServiceOptions {
  readonly load: () => Promise<Predictor>;
  readonly target: string;
  /** Time steps between the newest row and now, beyond which a forecast is refused. */
  readonly maxAge: number;
  readonly now?: () => number;
}

/** `GET /ready` and `POST /forecast` with `{ "rows": [{ "date": …, "sales": … }], "levels": [80] }`. */
export function forecastService({ load, target, maxAge, now = Date.now }: ServiceOptions): Server {
  let predictor: Predictor | undefined;
  let failure = 'the model is being loaded';
  load().then(
    (loaded) => {
      predictor = loaded;
    },
    (error: Error) => {
      failure = error.message;
    },
  );

  /** Forecasts are computed one after another: an engine has one heap, and uses all cores for each of them. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => {});
    return result;
  };

  async function forecast(request: IncomingMessage): Promise<[status: number, answer: unknown]> {
    if (!predictor) return [503, { error: failure }];
    const { rows, levels = [] } = JSON.parse(await bodyOf(request));
    const set = await readRows(rows, { target });
    const stale = set.ids.filter(
      (_, series) => advanceByRule(lastTime(set, series), set.rules[series]!, maxAge) < now(),
    );
    if (stale.length > 0) {
      const newest = writeTime(set, lastTime(set, seriesIndex(set, stale[0]!)));
      return [409, { error: `'${stale[0]}' ends at ${newest}, more than ${maxAge} steps ago`, stale }];
    }
    const { series, notices } = await inTurn(() => predictor!.predict(set, { levels }));
    const answers = series.map(({ id, times, values, intervals }) => ({
      id,
      times: times.map((time) => writeTime(set, time)),
      values: [...values],
      intervals: intervals.map(({ level, lower, upper }) => ({ level, lower: [...lower], upper: [...upper] })),
    }));
    return [200, { series: answers, notices: notices.map(({ message }) => message) }];
  }

  return createServer(async (request, response) => {
    if (request.url === '/ready') return send(response, predictor ? 200 : 503, { ready: predictor !== undefined });
    if (request.url !== '/forecast' || request.method !== 'POST') return send(response, 404, { error: 'not found' });
    try {
      send(response, ...(await forecast(request)));
    } catch (error) {
      const isTheirs = error instanceof SyntaxError || DataError.isInstance(error) || ForecastError.isInstance(error);
      send(response, isTheirs ? 400 : 500, { error: (error as Error).message });
    }
  });
}

type Series = Awaited<ReturnType<typeof readRows>>;
const lastTime = (set: Series, series: number): number => timeAt(set, series, set.lengths[series]! - 1);

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

function send(response: ServerResponse, status: number, answer: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
}
