import type { Json } from '@nt/tensor';
import { ForecastError } from '../forecast-error.ts';
import { canonicalJson } from './canonical-json.ts';
import { jsonFile, readJsonFile } from './read-json-file.ts';
import { checkFormat } from './read-state.ts';
import type { SavedFiles } from './saved-files.ts';
import { sha256 } from './sha256.ts';

/** What tells that `config.json` and the files beside it are those that were written together. */
interface Checksums {
  /** Of each file beside it: its size in bytes and SHA-256. Of a member its `config.json`, which tells the rest. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  /** SHA-256 of all of this file but this member, as JSON with sorted keys and without blanks. */
  readonly sha256: string;
}

/** The bytes of `config.json` for what a predictor is, and the files beside it. */
export async function writeConfig(
  content: { readonly kind: string; readonly members: number },
  files: Readonly<Record<string, Uint8Array>>,
): Promise<Uint8Array> {
  const described = await Promise.all(
    Object.entries(files)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(async ([name, bytes]) => {
        return [name, { bytes: bytes.length, sha256: await sha256(bytes) }] as const;
      }),
  );
  const all = { format: 'nt-forecaster', version: 3, ...content, files: Object.fromEntries(described) };
  // As it will be read: members that are undefined are not there.
  const written = JSON.parse(JSON.stringify(all)) as object;
  return jsonFile({ ...written, sha256: await digest(written) });
}

/**
 * The bytes of a `config.json` with another file beside it, or another content of one.
 *
 * @throws ForecastError `forecast/model-file` when it is not what was written
 */
export async function configWithFile(config: Uint8Array, name: string, bytes: Uint8Array): Promise<Uint8Array> {
  const { files, ...content } = await readContent('config.json', config);
  const described = { ...files, [name]: { bytes: bytes.length, sha256: await sha256(bytes) } };
  const sorted = Object.fromEntries(Object.entries(described).sort(([a], [b]) => (a < b ? -1 : 1)));
  const written = { ...content, files: sorted };
  return jsonFile({ ...written, sha256: await digest(written) });
}

/**
 * Reads `config.json` and checks it and the files beside it, those that are there.
 *
 * @param folder goes before the names of files in messages
 * @param file the bytes of a file beside it
 * @throws ForecastError `forecast/model-file` naming the file that is not the one that was written
 */
export async function readConfig(
  folder: string,
  bytes: Uint8Array,
  file: (name: string) => Uint8Array | undefined,
): Promise<SavedFiles['config']> {
  const name = `${folder}config.json`;
  const { files, ...rest } = await readContent(name, bytes);
  for (const [beside, expected] of Object.entries(files ?? {})) {
    const found = file(beside);
    if (found === undefined) continue;
    const isSame = found.length === expected.bytes && (await sha256(found)) === expected.sha256;
    if (!isSame) throw altered(`${folder}${beside}`, `it was changed, or it belongs to another model than ${name}`);
  }
  // Networks were all there was before kinds were written.
  return { kind: 'network', ...rest } as unknown as SavedFiles['config'];
}

/** All but its own checksum, which is right. */
async function readContent(
  name: string,
  bytes: Uint8Array,
): Promise<Pick<Checksums, 'files'> & Readonly<Record<string, Json>>> {
  const { sha256: told, ...content } = (readJsonFile(name, bytes) ?? {}) as Checksums & Record<string, Json>;
  checkFormat(name, content);
  if ((await digest(content)) !== told) throw altered(name, 'it was changed after it was written');
  return content as Pick<Checksums, 'files'> & Readonly<Record<string, Json>>;
}

const digest = (content: object): Promise<string> => sha256(new TextEncoder().encode(canonicalJson(content)));

function altered(file: string, what: string): ForecastError {
  return new ForecastError(
    'forecast/model-file',
    `${file}: this is not the file that was saved: ${what}. Restore the model's folder or train again.`,
    { file },
  );
}
