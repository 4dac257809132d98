import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import axe from 'axe-core';
import { strFromU8, unzipSync } from 'fflate';
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core';
import { chromium } from './needs.ts';

const quiet = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];

/** A GPU emulated on the CPU. */
export const softwareGpu: readonly string[] = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
];

/** A headless Chromium. */
export const launchChromium = (flags: readonly string[] = []): Promise<Browser> =>
  playwright.launch({ executablePath: chromium, args: [...quiet, ...flags] });

/** A page, and what went wrong in it or left the host. */
export interface Visit {
  readonly page: Page;
  /** Errors that the page printed or that nobody caught; broken security rules are among them. */
  readonly complaints: readonly string[];
  /** Requests to other hosts. */
  readonly strangers: readonly string[];
}

/** Opens the page in a context, whose storage it shares with others. */
export async function visit(context: BrowserContext, url: string): Promise<Visit> {
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const [complaints, strangers]: [string[], string[]] = [[], []];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(url).origin) strangers.push(request.url());
  });
  await page.goto(url);
  return { page, complaints, strangers };
}

/** What a person fills into the form. */
export type Filled = Readonly<Record<string, string>>;

/** A network that learns in seconds. */
export const small: Filled = {
  horizon: '14',
  'input-size': '56',
  epochs: '3',
  'hidden-size': '32',
  'learning-rate': '0.003',
};

/** Opens a sample and fills the form: one network. */
export async function openSample(page: Page, title: RegExp, filled: Filled = small): Promise<void> {
  await page.getByRole('button', { name: title }).click();
  await fillPlan(page, filled);
}

/** Fills the form for one network. */
export async function fillPlan(page: Page, filled: Filled = small): Promise<void> {
  await page.locator('#plan').waitFor();
  await page.locator('#what').selectOption('network');
  for (const [id, value] of Object.entries(filled)) await page.locator(`#${id}`).fill(value);
  await page.locator('#engine').selectOption('cpu');
}

/** Gives the page a file. */
export const upload = (page: Page, name: string, text: string): Promise<void> =>
  page.locator('#file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** Trains to the end, results included. */
export async function train(page: Page): Promise<void> {
  await page.locator('#train').click();
  await page.locator('#home').waitFor({ timeout: 500_000 });
}

/** A button's download, as bytes. */
export async function downloaded(page: Page, button: string): Promise<Uint8Array> {
  const waiting = page.waitForEvent('download');
  await page.locator(button).click();
  return new Uint8Array(await readFile(await (await waiting).path()));
}

/** A model that was downloaded: its weights, comparable, and its description. */
export interface DownloadedModel {
  readonly zip: Uint8Array;
  readonly weights: string;
  readonly state: string;
}

/** What the zip of a model holds. */
export function modelOf(zip: Uint8Array): DownloadedModel {
  const files = unzipSync(zip);
  // The network stands inside what gives it its intervals.
  const [weights, state] = ['model.safetensors', 'config.json'].map((name) => {
    const bytes = files[`model/members/0/${name}`];
    if (!bytes) throw new Error(`no ${name} of a network among ${Object.keys(files).join(', ')}`);
    return bytes;
  }) as [Uint8Array, Uint8Array];
  return { zip, weights: createHash('sha256').update(weights).digest('hex'), state: strFromU8(state) };
}

/** The model that the page gives away. */
export const modelIn = async (page: Page): Promise<DownloadedModel> => modelOf(await downloaded(page, '#save-model'));

/** What axe finds, one line each. */
export async function accessProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
  });
}
