import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { needsChromium } from './needs.ts';
import { serveSite } from './site.ts';
import { launchChromium, visit } from './visitor.ts';
import { watchPage } from './watch-page.ts';

// Reading 100 MB takes its time: without NT_LONG a file of 8 MB.
const isLong = process.env['NT_LONG'] === '1';
const rows = isLong ? 3_600_000 : 290_000;

async function writeMinutes(path: string): Promise<void> {
  const out = createWriteStream(path);
  out.write('time,load\n');
  for (let from = 0; from < rows; from += 10_000) {
    const part = Array.from({ length: Math.min(10_000, rows - from) }, (_, step) => {
      const minute = from + step;
      return `${new Date(Date.UTC(2019, 0, 1) + 60_000 * minute).toISOString().slice(0, 19)},${(500 + (minute % 1440) / 7).toFixed(3)}`;
    });
    if (!out.write(`${part.join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

it.runIf(needsChromium())('a large file is read while the page stays free', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nt-large-'));
  const host = await serveSite(inject('site'), true);
  const browser = await launchChromium();
  try {
    const path = join(folder, 'minutes.csv');
    await writeMinutes(path);
    expect(statSync(path).size).toBeGreaterThan(isLong ? 100e6 : 8e6);
    const { page, complaints } = await visit(await browser.newContext({ serviceWorkers: 'block' }), host.url);
    const watch = await watchPage(page, { element: '#data-status', says: 'is read' });
    await page.locator('#file').setInputFiles(path);
    await page.locator('#plan').waitFor({ timeout: 500_000 });
    const { tasks } = await watch.end();
    expect(await page.locator('#data-report').textContent()).toContain(`${rows} rows read`);
    expect(Math.max(...tasks)).toBeLessThan(50);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    host.close();
    rmSync(folder, { recursive: true });
  }
});
