import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { inNodeEnvironment } from '../test/nt.ts';
import { buildSite, type Host, serveSite } from '../test/site.ts';
import { launchChromium, openSample, visit } from '../test/visitor.ts';
import { trained } from './trained.ts';

const rounds = Number(process.env['ROUNDS'] ?? 5);

// How soon the page can be used, and how its training compares with Node's on the same kernels: by turns, so that
// whoever else uses the machine slows both. `pnpm -F @nt/playground bench`
const folder = await buildSite();
const host = await serveSite(folder, true);
const browser = await launchChromium();
try {
  const [usable, inPage, inNode]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    usable.push(await usableAfter(browser, host));
    inPage.push(await updatesPerSecondInPage(browser, host));
    inNode.push(await updatesPerSecondInNode());
    console.error(`round ${round + 1}: ${[usable, inPage, inNode].map((all) => all.at(-1)!.toFixed(1)).join(' / ')}`);
  }
  console.log(`usable after ${middle(usable).toFixed(2)} s (median of ${rounds}; ${range(usable)})`);
  console.log(`page: ${middle(inPage).toFixed(1)} updates/s (${range(inPage)})`);
  console.log(`Node: ${middle(inNode).toFixed(1)} updates/s (${range(inNode)})`);
  const ratios = inPage.map((speed, round) => speed / inNode[round]!);
  console.log(`page / Node: ${middle(ratios).toFixed(3)} (median of the rounds; ${range(ratios)})`);
} finally {
  await browser.close();
  host.close();
  rmSync(folder, { recursive: true });
}

/** Seconds from an empty cache until a click on a sample is answered by the worker. */
async function usableAfter(browser: Browser, { url }: Host): Promise<number> {
  const context = await browser.newContext();
  try {
    const start = performance.now();
    const { page } = await visit(context, url);
    await page.locator('#samples button').last().click();
    await page.locator('#plan').waitFor();
    return (performance.now() - start) / 1000;
  } finally {
    await context.close();
  }
}

/** As the page itself says it after a training. */
async function updatesPerSecondInPage(browser: Browser, { url }: Host): Promise<number> {
  const context = await browser.newContext();
  try {
    const { page } = await visit(context, url);
    await openSample(page, /births/, trained.filled);
    // Without asking the page again and again, which would have to be counted against it.
    await page.evaluate(async () => {
      const home = document.getElementById('home')!;
      document.getElementById('train')!.click();
      await new Promise<void>((resolve) => {
        const watch = new MutationObserver(() => home.hidden || resolve());
        watch.observe(home, { attributeFilter: ['hidden'] });
      });
    });
    const said = (await page.locator('#training-status').textContent())!;
    const [, updates, seconds] = /(\d+) updates in ([\d.]+) s/.exec(said)!;
    return Number(updates) / Number(seconds);
  } finally {
    await context.close();
  }
}

async function updatesPerSecondInNode(): Promise<number> {
  const { flags, env } = inNodeEnvironment;
  const script = fileURLToPath(new URL('train-in-node.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, script], { env });
  return Number(stdout);
}

function middle(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

function range(numbers: readonly number[]): string {
  return `${Math.min(...numbers).toFixed(2)} to ${Math.max(...numbers).toFixed(2)}`;
}
