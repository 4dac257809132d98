import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const block = 512;

/**
 * The files in an npm tarball, without the folder `package/` that all stand in. Read here, since `tar` is another
 * program on every system.
 *
 * @param {string} path
 * @returns {{ path: string, bytes: number, text: () => string }[]}
 */
export function readTarball(path) {
  const archive = gunzipSync(readFileSync(path));
  const files = [];
  let longName;
  for (let at = 0; at + block <= archive.length && archive[at] !== 0; ) {
    const header = archive.subarray(at, at + block);
    const bytes = Number.parseInt(field(header, 124, 12), 8);
    const content = archive.subarray(at + block, at + block + bytes);
    const type = field(header, 156, 1);
    const name = longName ?? [field(header, 345, 155), field(header, 0, 100)].filter(Boolean).join('/');
    longName = type === 'x' ? /\d+ path=(.*)\n/.exec(content.toString('utf8'))?.[1] : undefined;
    if (type === '0' || type === '') {
      files.push({ path: name.replace(/^[^/]+\//, ''), bytes, text: () => content.toString('utf8') });
    }
    at += block + Math.ceil(bytes / block) * block;
  }
  return files;
}

/**
 * @param {Buffer} header
 * @param {number} start
 * @param {number} length
 */
function field(header, start, length) {
  const bytes = header.subarray(start, start + length);
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? length : end).trim();
}
