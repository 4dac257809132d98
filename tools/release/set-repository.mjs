// node tools/release/set-repository.mjs OWNER/NAME: gives all manifests and links of this repository its new home.
// Without a name it brings the manifests into agreement with the root's, for example after a package was added.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPackages } from '../test-all/find-packages.mjs';
import { pageOf, repositoryFields, slugOf } from './repository.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const before = slugOf(readManifest(root));
const after = process.argv[2] ?? before;

if (!before || !after || !/^[\w.-]+\/[\w.-]+$/.test(after)) {
  console.error(`expected OWNER/NAME of a GitHub repository; found ${process.argv[2] ?? 'nothing'}`);
  process.exitCode = 2;
} else {
  writeManifest(root, repositoryFields(after));
  for (const { folder } of findPackages(root).filter((each) => !readManifest(each.folder).private)) {
    writeManifest(folder, repositoryFields(after, relative(root, folder).replaceAll('\\', '/')));
  }
  if (before !== after) for (const page of pages()) replaceLinks(page, pageOf(before), pageOf(after));
  console.log(`manifests and links name ${pageOf(after)}`);
}

/** @param {string} folder */
function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/**
 * @param {string} folder
 * @param {Record<string, unknown>} fields
 */
function writeManifest(folder, fields) {
  const manifest = readManifest(folder);
  const { name, version, private: isPrivate, description, keywords, license, ...rest } = manifest;
  const first = { name, version, private: isPrivate, description, keywords, license };
  const access = isPrivate ? {} : { publishConfig: { access: 'public' } };
  const ordered = { ...first, ...fields, ...access };
  for (const key of Object.keys(ordered)) delete rest[key];
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...ordered, ...rest }, undefined, 2)}\n`);
}

function pages() {
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  });
  return stdout.split('\n').filter(Boolean);
}

/**
 * @param {string} page
 * @param {string} from
 * @param {string} to
 */
function replaceLinks(page, from, to) {
  const address = new RegExp(`${from.replaceAll('.', '\\.')}(?![\\w-]|\\.\\w)`, 'g'); // not the begin of a longer name
  const text = readFileSync(join(root, page), 'utf8');
  const replaced = text.replace(address, to);
  if (replaced !== text) writeFileSync(join(root, page), replaced);
}
