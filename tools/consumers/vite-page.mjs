import { match } from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/**
 * A page bundled by Vite. Where there is a Chromium, the page is also opened.
 *
 * @type {import('./consumers.mjs').Consumer}
 */
export const vitePage = {
  name: 'vite-page',
  packages: ['@nt/optim'],
  dependencies: { vite: '8.3.8' },
  files: {
    'index.html': '<!doctype html><title>waiting</title><script type="module" src="./main.js"></script>',
    'main.js': `
      import { adamw } from '@nt/optim';
      document.title = 'chain is an ' + typeof adamw({ learningRate: 0.1 });
    `,
  },
  async use({ folder, run, bin }) {
    run(bin('vite'), 'build', '--logLevel', 'error');
    const assets = join(folder, 'dist', 'assets');
    const [script = ''] = readdirSync(assets).filter((file) => file.endsWith('.js'));
    match(readFileSync(join(assets, script), 'utf8'), /adamw/);
    const chromium = names.find((name) => spawnSync(name, ['--version']).status === 0);
    if (chromium) match(await titleOf(chromium, join(folder, 'dist')), /chain is an object/);
    else if (process.env['NT_REQUIRE_ALL'] === '1') throw new Error('expected a Chromium to open the page in');
    else console.log('vite-page: built, not opened: there is no Chromium here');
  },
};

/**
 * @param {string} chromium
 * @param {string} folder
 */
async function titleOf(chromium, folder) {
  const server = createServer(({ url = '/' }, response) => {
    const file = join(folder, normalize(url === '/' ? '/index.html' : url));
    const type = file.endsWith('.js') ? 'text/javascript' : 'text/html';
    if (existsSync(file)) response.writeHead(200, { 'content-type': type }).end(readFileSync(file));
    else response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=10000', '--dump-dom'];
  const browser = spawn(chromium, [...flags, `http://127.0.0.1:${address.port}/`], { timeout: 60_000 });
  let page = '';
  browser.stdout.setEncoding('utf8').on('data', (text) => {
    page += text;
  });
  await once(browser, 'close');
  server.close();
  return page;
}
