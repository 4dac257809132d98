import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';

/** A server of a test. */
export interface TestServer {
  /** `redis://127.0.0.1:…` */
  readonly address: string;
  /** Ends it, orderly or not, and starts it again with what it has on its disk. */
  restart(how?: 'orderly' | 'crash'): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** How a server is run. */
export interface ServerProgram {
  readonly address: string;
  readonly folder: string;
  readonly command: readonly [program: string, ...words: string[]];
  readonly options?: SpawnOptions;
  readonly signals: { readonly orderly: NodeJS.Signals; readonly crash: NodeJS.Signals };
  /** Rejects while it does not answer. */
  ping(): Promise<void>;
}

/** Starts a program and waits until it answers. */
export async function startServer({
  address,
  folder,
  command,
  options,
  signals,
  ping,
}: ServerProgram): Promise<TestServer> {
  let child: ChildProcess;
  let said = '';
  const start = async (): Promise<void> => {
    const [program, ...words] = command;
    child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk) => {
        said = `${said}${chunk}`.slice(-4000);
      });
    for (let tries = 0; ; tries++) {
      try {
        return await ping();
      } catch (error) {
        if (tries > 300 || child.exitCode !== null)
          throw new Error(`${program} does not answer: ${said}`, { cause: error });
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  const onExit = (): void => void child.kill(signals.crash);
  process.once('exit', onExit);
  await start();
  return {
    address,
    async restart(how = 'orderly') {
      await end(signals[how]);
      await start();
    },
    async stop() {
      process.off('exit', onExit);
      await end(signals.crash);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
