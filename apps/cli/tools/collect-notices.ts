import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** The licences of the packages of others that are in a bundle, as these ask for. @param root of the metafile's paths */
export async function collectNotices(root: string, { outputs }: Metafile): Promise<string> {
  const inputs = Object.values(outputs).flatMap(({ inputs: used }) =>
    Object.entries(used)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0]),
  );
  const folders = [...new Set(inputs)].filter((folder) => folder !== undefined);
  const notices = new Map<string, string>();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    notices.set(name, `${name} ${version} (${license})\n\n${await licenceIn(join(root, folder))}`);
  }
  const sorted = [...notices].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, notice]) => notice);
  return `The nt command contains code of these packages.\n\n${sorted.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

async function licenceIn(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => text.trim()).join('\n\n') || 'Its package has no file with a licence.';
}
