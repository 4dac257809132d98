import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { security } from '../tools/security.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.wasm': 'application/wasm',
};

/** Builds the page as `npm run build` does. @returns the folder to serve */
export async function buildSite(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'nt-playground-'));
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  // A process of its own: the variables of a test run would make it another build.
  const { NODE_ENV: _mode, ...env } = process.env;
  const build = [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, build, { cwd: root, env });
  return outDir;
}

/** A static host that serves a folder under a path. */
export interface Host {
  readonly url: string;
  close(): void;
}

/** @param sendsHeaders whether the host sends the headers of the README's recipe; false: none, as GitHub Pages */
export async function serveSite(folder: string, sendsHeaders: boolean): Promise<Host> {
  const { headers } = security();
  const path = '/some/where/';
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const file = join(folder, pathname.slice(path.length) || 'index.html');
    if (!pathname.startsWith(path) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': types[extname(file)] ?? 'application/octet-stream',
      ...(sendsHeaders ? { ...headers.isolation, ...headers.policy } : {}),
    });
    response.end(readFileSync(file));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}${path}`, close: () => server.close() };
}
