import type { TrainerError } from '../trainer-error.ts';
import type { CheckpointManifest } from './checkpoint-manifest.ts';
import { readExactJson, writeExactJson } from './exact-json.ts';
import { resumeProblem } from './resume-problem.ts';
import { sha256 } from './sha256.ts';

/** The manifest as a file. It carries the checksum of its own content, so that a flipped bit in it shows too. */
export async function encodeManifest(manifest: CheckpointManifest): Promise<Uint8Array> {
  const checksum = await checksumOf(manifest);
  return new TextEncoder().encode(`${writeExactJson({ ...manifest, checksum }, 2)}\n`);
}

/**
 * Reads and checks a manifest.
 *
 * @throws TrainerError `trainer/foreign-checkpoint` when it is none of ours or of a later version,
 *   `trainer/corrupt-checkpoint` when it is not what was written
 */
export async function decodeManifest(bytes: Uint8Array, where: string): Promise<CheckpointManifest> {
  const value = parseObject(bytes, where);
  const { checksum, ...manifest } = value;
  const isWhole = checksum === (await checksumOf(manifest));
  // What has a wrong checksum is damaged, whatever it says of itself: the damage may be in that very word.
  if (!isWhole && (checksum !== undefined || manifest['format'] === 'nt-checkpoint')) {
    throw corrupt(where, 'manifest.json with its own checksum; found other content');
  }
  if (manifest['format'] !== 'nt-checkpoint') {
    throw foreign(
      where,
      `format 'nt-checkpoint'; found ${JSON.stringify(manifest['format'])}`,
      'It was written by another program: choose another folder.',
    );
  }
  if (manifest['version'] !== 1) {
    throw foreign(
      where,
      `version 1; found ${JSON.stringify(manifest['version'])}`,
      'Use the release of @nt/trainer that wrote it.',
    );
  }
  return manifest as unknown as CheckpointManifest;
}

/** The error for a damaged checkpoint. */
export function corrupt(where: string, problem: string, details: Readonly<Record<string, unknown>> = {}): TrainerError {
  return resumeProblem(
    'trainer/corrupt-checkpoint',
    `${where}: expected ${problem}. The checkpoint is damaged.`,
    "resumeFrom: 'last-good' takes the newest whole one.",
    { where, ...details },
  );
}

const checksumOf = (manifest: object): Promise<string> => sha256(new TextEncoder().encode(writeExactJson(manifest)));

function foreign(where: string, problem: string, remedy: string): TrainerError {
  return resumeProblem('trainer/foreign-checkpoint', `${where}: expected ${problem}.`, remedy, { where });
}

function parseObject(bytes: Uint8Array, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = readExactJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw corrupt(where, 'manifest.json to be JSON; found something else');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw corrupt(where, 'manifest.json to be a JSON object; found something else');
}
