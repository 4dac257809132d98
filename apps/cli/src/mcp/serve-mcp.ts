import { ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { nearestName } from '@nt/tensor';
import manifest from '../../package.json' with { type: 'json' };
import type { Verbs } from '../verbs.ts';
import { AllowedFolders } from './allowed-folders.ts';
import { answerOf, errorAnswer } from './answer-of.ts';
import { makeTools } from './make-tools.ts';
import type { Tool } from './tool.ts';
import { toolRequest } from './tool-request.ts';

/** Tells when the client has left, however that shows. */
class WatchedTransport extends StdioServerTransport {
  readonly #left = new AbortController();

  get left(): AbortSignal {
    return this.#left.signal;
  }

  override async close(): Promise<void> {
    this.#left.abort();
    await super.close();
  }
}

/**
 * Serves agents on stdin and stdout until the client leaves or a signal comes; calls that are running are stopped then, and
 * keep their checkpoints.
 *
 * @returns the exit code
 */
export async function serveMcp(allowed: readonly string[], verbs: Verbs): Promise<number> {
  const folders = await AllowedFolders.open(allowed);
  const transport = new WatchedTransport();
  const running = new Set<Promise<unknown>>();
  // Made when first asked for: a client that only looks who is there does not wait for the libraries.
  let made: Promise<ReadonlyMap<string, Tool>> | undefined;
  const tools = (): Promise<ReadonlyMap<string, Tool>> => {
    made ??= makeTools(folders, verbs);
    return made;
  };
  const handle = serveStdio(
    () => {
      const server = new Server(
        { name: 'nt', title: 'nt: forecasts of time series', version: manifest.version },
        { capabilities: { tools: {} }, instructions: instructions(folders) },
      );
      server.setRequestHandler('tools/list', async () => ({ tools: [...(await tools())].map(listed) }));
      server.setRequestHandler('tools/call', async ({ params }, context) => {
        const tool = toolOf(await tools(), params.name);
        const request = toolRequest(context, transport.left);
        const call = tool.run(params.arguments ?? {}, request).then(answerOf, errorAnswer);
        running.add(call);
        return call.finally(() => {
          request.end();
          running.delete(call);
        });
      });
      return server;
    },
    { transport, onerror: (error) => void process.stderr.write(`nt mcp: ${error.message}\n`) },
  );
  if (process.stdin.isTTY)
    process.stderr.write('nt mcp waits for a client on stdin; clients start it themselves (nt mcp --help).\n');
  const stop = (): void => void handle.close();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  await new Promise<void>((resolve) => transport.left.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.all(running);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
  // Where the client holds its end open, it would keep this process.
  process.stdin.destroy();
  return 0;
}

const instructions = ({ roots }: AllowedFolders): string =>
  `Forecasts time series from files. Files are read and written only inside ${roots.join(', ')}; relative paths begin in ${roots[0]}. Order: profile, train (name target and horizon), read evaluation.skill.verdict, forecast; backtest before a decision. If nothing beats the naive rule, say so. Answers are summaries; rows are in the files.`;

const listed = ([name, { title, description, inputSchema, outputSchema, writes }]: readonly [string, Tool]) => ({
  ...{ name, title, description },
  inputSchema: inputSchema as { type: 'object' },
  outputSchema: outputSchema as { type: 'object' },
  annotations: { title, readOnlyHint: !writes, destructiveHint: writes, openWorldHint: false },
});

function toolOf(tools: ReadonlyMap<string, Tool>, name: string): Tool {
  const tool = tools.get(name);
  if (tool) return tool;
  const known = [...tools.keys()];
  const near = nearestName(name, known);
  const hint = near === undefined ? '' : ` Did you mean '${near}'?`;
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `There is no tool '${name}'.${hint} Known: ${known.join(', ')}.`,
  );
}
