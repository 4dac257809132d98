import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallToolResult, Client, type ClientOptions, type Progress } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { inject } from 'vitest';

/** A client of the official library, and the server that it has started. */
export interface Session {
  readonly client: Client;
  readonly folder: string;
  /** Calls a tool; what went wrong comes back, too. */
  readonly call: (name: string, given?: object, heard?: Heard) => Promise<Answer>;
  readonly stderr: () => string;
  readonly pid: () => number;
}

/** What a caller hears of a call, and how it is cancelled. */
export interface Heard {
  readonly onprogress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** An answer as tests look at it. */
export interface Answer {
  readonly isError: boolean;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many forms
  readonly told: any;
}

/** A folder whose path has no links: macOS has one on the way to its temporary files. */
export const plainFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'nt-mcp-')));

/** Starts `nt mcp` for a folder and connects to it. */
export async function openSession(
  folder: string,
  options: ClientOptions = {},
  more: readonly string[] = [],
): Promise<Session> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [inject('nt'), 'mcp', '--allow-dir', folder, ...more],
    env: { ...(process.env as Record<string, string>), NT_THREADS: '1' },
    stderr: 'pipe',
  });
  let said = '';
  transport.stderr!.on('data', (chunk) => {
    said += chunk;
  });
  const client = new Client({ name: 'nt-test', version: '1.0.0' }, options);
  await client.connect(transport);
  const call: Session['call'] = async (name, given = {}, heard = {}) => {
    const result = (await client.callTool(
      { name, arguments: given as Record<string, unknown> },
      heard,
    )) as CallToolResult;
    const [first] = result.content;
    return {
      isError: result.isError === true,
      text: first?.type === 'text' ? first.text : '',
      told: result.structuredContent,
    };
  };
  return { client, folder, call, stderr: () => said, pid: () => transport.pid! };
}

/** Arguments of a training of half a second: 15 updates of a network of some fifty weights. */
export const tinyArguments: Readonly<Record<string, unknown>> = {
  ...{ data: 'births.csv', target: 'births', horizon: 2, inputSize: 4, hiddenSize: 3 },
  ...{ variant: 'paper', nStacks: 1, epochs: 3, batchSize: 8, lr: 0.01 },
};
