import { ForecastError } from '../forecast-error.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ModelState } from './model-state.ts';
import { jsonFile, readJsonFile } from './read-json-file.ts';
import { readState } from './read-state.ts';
import { sha256 } from './sha256.ts';

/** `config.json`: the state, and what tells that it and the files beside it are those that were written together. */
export interface ConfigFile extends ModelState {
  /** Of each file beside it: its size in bytes and SHA-256. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  /** SHA-256 of all of this file but this member, as JSON with sorted keys and without blanks. */
  readonly sha256: string;
}

/** The bytes of `config.json` for a state and the files beside it. */
export async function writeConfig(state: ModelState, files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const described = await Promise.all(
    Object.entries(files).map(async ([name, bytes]) => {
      return [name, { bytes: bytes.length, sha256: await sha256(bytes) }] as const;
    }),
  );
  // As it will be read: members that are undefined are not there.
  const content = JSON.parse(JSON.stringify({ ...state, files: Object.fromEntries(described) })) as object;
  return jsonFile({ ...content, sha256: await digest(content) });
}

/**
 * Reads `config.json` and checks it and the files beside it, those that are there.
 *
 * @throws ForecastError `forecast/model-file` naming the file that is not the one that was written
 */
export async function readConfig(
  bytes: Uint8Array,
  files: Readonly<Record<string, Uint8Array | undefined>>,
): Promise<ModelState> {
  const config = readJsonFile('config.json', bytes) as ConfigFile;
  const { sha256: told, ...content } = config ?? {};
  const state = readState('config.json', content);
  if ((await digest(content)) !== told) {
    throw altered('config.json', 'it was changed after it was written');
  }
  for (const [name, expected] of Object.entries(config.files ?? {})) {
    const file = files[name];
    if (file === undefined) continue;
    const isSame = file.length === expected.bytes && (await sha256(file)) === expected.sha256;
    if (!isSame) throw altered(name, 'it was changed, or it belongs to another model than config.json');
  }
  const { files: _, ...rest } = state as ModelState & Partial<ConfigFile>;
  return rest;
}

const digest = (content: object): Promise<string> => sha256(new TextEncoder().encode(canonicalJson(content)));

function altered(file: string, what: string): ForecastError {
  return new ForecastError(
    'forecast/model-file',
    `${file}: this is not the file that was saved: ${what}. Restore the model's folder or train again.`,
    { file },
  );
}
