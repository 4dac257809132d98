import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { buildSite, serveSite } from '../test/site.ts';
import { downloaded, launchChromium, openSample, small, train, upload, visit } from '../test/visitor.ts';

// A picture of each state of the page, at the widths of a desk and of a phone, in light and in dark, to be looked at:
// `pnpm -F @nt/playground screenshots FOLDER`
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('expected a folder for the pictures');
mkdirSync(folder, { recursive: true });

const looks: Readonly<Record<string, BrowserContextOptions>> = {
  'desk-light': { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  'desk-dark': { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  'phone-light': { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  'phone-dark': { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
};

const site = await buildSite();
const host = await serveSite(site, true);
const browser = await launchChromium();
for (const [look, options] of Object.entries(looks).filter(([look]) => look.includes(process.env['LOOK'] ?? ''))) {
  const context = await browser.newContext(options);
  const { page } = await visit(context, host.url);
  await walk(page, (state) => page.screenshot({ path: join(folder, `${state}-${look}.png`), fullPage: true }));
  await context.close();
  console.log(look);
}
await browser.close();
host.close();
rmSync(site, { recursive: true });

/** Goes from state to state. */
async function walk(page: Page, shoot: (state: string) => Promise<unknown>): Promise<void> {
  const open = (id: string): Promise<unknown> =>
    page.locator(id).evaluate((details) => details.toggleAttribute('open', true));
  await page.locator('#samples button').last().waitFor();
  await shoot('1-first');
  await upload(page, 'prices.csv', badFile());
  await page.locator('#data-problem button').first().waitFor();
  await open('#reading');
  await shoot('2-problem');
  await page.reload();
  await page.getByRole('button', { name: /Oil/ }).click();
  await page.locator('#plan').waitFor();
  await open('#open-model');
  await shoot('3-read');
  await openSample(page, /births/, { ...small, epochs: '20', 'hidden-size': '64' });
  await page.locator('#train').click();
  await page.locator('#figures dd', { hasText: /^1\d\d of/ }).waitFor();
  await shoot('4-training');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.locator('#training-status', { hasText: 'Paused' }).waitFor();
  await shoot('5-paused');
  await page.reload();
  await page.locator('#kept').waitFor();
  await shoot('6-kept');
  await page.locator('#kept-forget').click();
  await openSample(page, /births/, { ...small, epochs: '6' });
  await train(page);
  await shoot('7-result');
  await page.locator('#folds').fill('2');
  await page.locator('#backtest-start').click();
  await page.locator('#backtest-status', { hasText: 'are done' }).waitFor();
  for (const details of await page.locator('details').all())
    await details.evaluate((one) => one.toggleAttribute('open', true));
  await shoot('8-all');
  const model = Buffer.from(await downloaded(page, '#save-model'));
  await page.locator('#model-file').setInputFiles({ name: 'model.zip', mimeType: 'application/zip', buffer: model });
  await page.locator('#training').waitFor({ state: 'hidden' });
  await page.locator('#home').waitFor();
  await shoot('9-opened');
  await upload(page, 'shops.csv', shops());
  await page.getByRole('button', { name: 'Column of series names: shop' }).click();
  await page.locator('#plan').waitFor();
  await page.locator('#what').selectOption('fast');
  await train(page);
  await shoot('10-blend');
}

function day(step: number): string {
  return new Date(Date.UTC(2023, 0, 1 + step)).toISOString().slice(0, 10);
}

function badFile(): string {
  const lines = Array.from({ length: 200 }, (_, step) => `${day(step)},${step === 120 ? 'n/v' : 70 + (step % 9)},EUR`);
  return `date,price per barrel,currency\n${lines.join('\n')}\n`;
}

/** Two series with a week in them. */
function shops(): string {
  const lines = Array.from({ length: 300 }, (_, step) => {
    const value = (level: number): string =>
      (level * (1 + 0.3 * Math.sin((2 * Math.PI * step) / 7)) + (step % 5)).toFixed(1);
    return `${day(step)},Berlin,${value(100)}\n${day(step)},Wien,${value(40)}`;
  });
  return `date,shop,sales\n${lines.join('\n')}\n`;
}
