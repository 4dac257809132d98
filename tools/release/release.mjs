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
 * @param {'check' | 'dry-run' | 'publish'} options.mode `check`: pack, open, and let npm
 *   try, as `npm run verify` does. `dry-run`: the same, as strict as a release. `publish`: do it
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
    for (const each of packed) if (mode === 'publish') publish(each, root, print);
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
    ...problemsOfTrial(root, tarball),
    ...(homeless ? [`names ${placeholder} as its repository: npm run set-repository -- OWNER/NAME`] : []),
  ];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { name, version: manifest.version, tarball, files: files.length, bytes, problems };
}

/**
 * What npm would not publish as it is.
 *
 * @param {string} root
 * @param {string} tarball
 */
function problemsOfTrial(root, tarball) {
  const { status, stderr } = tryCommand('npm', ['publish', tarball, '--access', 'public', '--dry-run'], root);
  const corrections = stderr.split('\n').filter((line) => /auto-corrected|was cleaned|was invalid/.test(line));
  return [
    ...(status === 0 ? [] : [`npm publish --dry-run ended with ${status}: ${stderr.slice(-500)}`]),
    ...corrections,
  ];
}

/**
 * @param {{ name: string, version: string, tarball: string }} packed
 * @param {string} root
 * @param {(line: string) => void} print
 */
function publish({ name, version, tarball }, root, print) {
  const known = tryCommand('npm', ['view', `${name}@${version}`, 'version'], root);
  if (known.status === 0 && known.stdout.trim() === version) return print(`there   ${name}@${version}`);
  // Provenance is signed with the identity of a workflow; nobody else can have one.
  runCommand('npm', ['publish', tarball, '--access', 'public', '--provenance'], root);
  print(`new     ${name}@${version}`);
}
