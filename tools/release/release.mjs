import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackage } from '../consumers/pack-package.mjs';
import { runCommand, tryCommand } from '../consumers/run-command.mjs';
import { findPackages } from '../test-all/find-packages.mjs';
import { checkTarball } from './check-tarball.mjs';
import { readTarball } from './read-tarball.mjs';
import { placeholder, slugOf } from './repository.mjs';

/**
 * Packs every public package, opens each tarball, and publishes those very files when all of them are whole. A package
 * whose version the registry has already is left alone, so that a release that broke off can be run again.
 *
 * @param {object} options
 * @param {string} options.root
 * @param {'check' | 'dry-run' | 'publish'} options.mode `check`: pack and open, as `npm run verify` does. `dry-run`: as
 *   strict as a release, and npm says what it would publish. `publish`: do it
 * @param {(line: string) => void} [options.print]
 * @returns {0 | 1} exit code
 */
export function release({ root, mode, print = console.log }) {
  const place = mkdtempSync(join(tmpdir(), 'nt-release-'));
  try {
    const packed = findPackages(root)
      .filter(({ isPrivate }) => !isPrivate)
      .map((each) => openPackage(root, each.fullName, place, mode !== 'check'));
    for (const { name, files, bytes, problems } of packed) {
      print(`${problems.length ? 'broken' : 'whole '}  ${name}: ${files} files, ${Math.ceil(bytes / 1000)} kB`);
      for (const problem of problems) print(`        ${problem}`);
    }
    const broken = packed.filter(({ problems }) => problems.length > 0).length;
    print(broken ? `${broken} of ${packed.length} packages are broken` : `${packed.length} packages are whole`);
    if (broken) return 1;
    if (mode !== 'check') for (const each of packed) publish(each, mode, root, print);
    return 0;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {string} name
 * @param {string} place
 * @param {boolean} isRelease
 */
function openPackage(root, name, place, isRelease) {
  const tarball = packPackage(root, name, place);
  const files = readTarball(tarball);
  const manifest = JSON.parse(files.find(({ path }) => path === 'package.json')?.text() ?? '{}');
  const homeless = isRelease && slugOf(manifest) === placeholder;
  const problems = [
    ...checkTarball({ manifest, files, isRelease }),
    ...(homeless ? [`names ${placeholder} as its repository: npm run set-repository -- OWNER/NAME`] : []),
  ];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { name, version: manifest.version, tarball, files: files.length, bytes, problems };
}

/**
 * @param {{ name: string, version: string, tarball: string }} packed
 * @param {'dry-run' | 'publish'} mode
 * @param {string} root
 * @param {(line: string) => void} print
 */
function publish({ name, version, tarball }, mode, root, print) {
  const known = tryCommand('npm', ['view', `${name}@${version}`, 'version'], root);
  if (known.status === 0 && known.stdout.trim() === version) return print(`there   ${name}@${version}`);
  const isTrial = mode === 'dry-run';
  // Provenance is signed with the identity of a workflow; nobody else can have one.
  runCommand('npm', ['publish', tarball, '--access', 'public', isTrial ? '--dry-run' : '--provenance'], root);
  print(`${isTrial ? 'would  ' : 'new    '} ${name}@${version}`);
}
