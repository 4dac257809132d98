import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { openSession, plainFolder, tinyArguments } from './mcp-session.ts';
import { nt, writeBirths } from './run-nt.ts';

const folder = plainFolder();
const at = (name: string): string => join(folder, name);
const long = { ...tinyArguments, epochs: 1_000_000, patience: 0 };
const open: ChildProcess[] = [];

beforeAll(() => writeBirths(folder, 60));
afterEach(() => {
  for (const server of open.splice(0)) server.kill('SIGKILL');
});

/** A server, spoken to in plain lines. */
function startServer(): {
  readonly server: ChildProcess;
  readonly send: (message: object) => void;
  /** Waits for a message. */
  readonly heard: (isIt: (message: Message) => boolean) => Promise<Message>;
  /** All of stdout so far. */
  readonly stdout: () => string;
  readonly ended: Promise<number | null>;
} {
  const server = spawn(process.execPath, [inject('nt'), 'mcp', '--allow-dir', folder], {
    env: { ...process.env, NT_THREADS: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  open.push(server);
  let said = '';
  server.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const messages = (): Message[] =>
    said
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Message);
  return {
    server,
    send: (message) => void server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`),
    heard: async (isIt) => {
      await expect.poll(() => messages().some(isIt), { timeout: 30_000 }).toBe(true);
      return messages().find(isIt)!;
    },
    stdout: () => said,
    ended: new Promise((resolve) => server.on('close', resolve)),
  };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers of many forms
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string };
}

const initialize = (protocolVersion: string): object => ({
  id: 1,
  method: 'initialize',
  params: { protocolVersion, capabilities: {}, clientInfo: { name: 'old', version: '1' } },
});
const train = (id: number, output: string): object => ({
  id,
  method: 'tools/call',
  params: { name: 'train', arguments: { ...long, output }, _meta: { progressToken: id } },
});

describe('clients of earlier versions of the protocol', () => {
  it.each(['2024-11-05', '2025-06-18'])('%s', async (version) => {
    const { server, send, heard, stdout, ended } = startServer();
    send(initialize(version));
    expect((await heard(({ id }) => id === 1)).result).toMatchObject({
      protocolVersion: version,
      serverInfo: { name: 'nt' },
      instructions: expect.stringContaining(folder),
    });
    send({ method: 'notifications/initialized' });
    send({ id: 2, method: 'ping' });
    send({ id: 3, method: 'tools/list' });
    send({ id: 4, method: 'tools/call', params: { name: 'profile', arguments: { path: 'births.csv' } } });
    expect((await heard(({ id }) => id === 2)).result).toEqual({});
    expect((await heard(({ id }) => id === 3)).result.tools).toHaveLength(11);
    const { result } = await heard(({ id }) => id === 4);
    expect(JSON.parse(result.content[0].text).result.report.rowsRead).toBe(60);
    server.stdin!.end();
    expect(await ended).toBe(0);
    // Every line of stdout is a message of the protocol.
    for (const line of stdout().trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  });

  it('the official client as it is without being asked for a version', async () => {
    const session = await openSession(folder);
    expect(session.client.getNegotiatedProtocolVersion()).toMatch(/^2025-/);
    expect((await session.call('profile', { path: 'births.csv' })).told.result.kind).toBe('data');
    await session.client.close();
  });

  it('what is no message does no harm', async () => {
    const { server, send, heard, ended } = startServer();
    server.stdin!.write('nonsense\n[]\n{"jsonrpc":"2.0","id":"x"}\n\n');
    send(initialize('2025-06-18'));
    expect((await heard(({ id }) => id === 1)).result.serverInfo.name).toBe('nt');
    server.stdin!.end();
    expect(await ended).toBe(0);
  });
});

describe('the end of a server', () => {
  it.each<[string, (server: ChildProcess) => void, boolean]>([
    ['stdin is closed', (server) => server.stdin!.end(), true],
    ['SIGTERM', (server) => server.kill('SIGTERM'), true],
    ['SIGKILL', (server) => server.kill('SIGKILL'), false],
  ])('%s: what runs is stopped, and its checkpoint kept', async (name, end, isOrderly) => {
    const output = name.replaceAll(' ', '-');
    const { server, send, heard, ended } = startServer();
    send(initialize('2025-06-18'));
    send({ method: 'notifications/initialized' });
    send(train(2, output));
    await heard(({ method }) => method === 'notifications/progress');
    end(server);
    const code = await ended;
    if (isOrderly) expect(code).toBe(0);
    // Nobody goes on computing, and nothing is half: the run can be gone on with.
    await expect.poll(() => newestChange(output), { timeout: 40_000, interval: 1000 }).toBe('still');
    expect(existsSync(at(`${output}/model.safetensors`))).toBe(false);
    const { stdout } = await nt(folder, 'info', output, '--json');
    expect(JSON.parse(stdout).kind).toBe('run');
  });
});

const seen = new Map<string, string>();

/** `still` when a folder is as it was when it was looked at before. */
function newestChange(output: string): string {
  const now = JSON.stringify(readdirSync(at(`${output}/checkpoints`)).map((name) => [name, sizeOf(output, name)]));
  const before = seen.get(output);
  seen.set(output, now);
  return before === now ? 'still' : 'changed';
}

function sizeOf(output: string, name: string): number | undefined {
  try {
    return readFileSync(at(`${output}/checkpoints/${name}`)).length;
  } catch {
    return undefined; // replaced in between, or a folder
  }
}

describe('how it is started', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['without a folder', [], /--allow-dir <folder>' not specified/],
    ['with one that is not there', ['--allow-dir', 'gone'], /--allow-dir gone: there is no such folder/],
    ['with a file', ['--allow-dir', 'births.csv'], /--allow-dir births.csv: there is no such folder/],
  ])('%s: an error of the command', async (_, words, message) => {
    const { code, stdout, stderr } = await nt(folder, 'mcp', ...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('its processes are for itself only', async () => {
    const { code, stderr } = await nt(folder, 'call-worker', 'info', 'births.csv');
    expect([code, stderr]).toEqual([2, expect.stringContaining('for the processes that nt mcp starts')]);
  });
});
