// Builds the native addon of @tensorflow/tfjs-node-gpu without its download, against PyPI's TensorFlow for CPUs, into
// .cache/node-gpu at the root of the repository. The tests of this package use it when it is there.
//
//   node packages/backend-node-gpu/tools/build-addon.mjs
//
// Needs linux, g++, and Python 3.9 to 3.11 with venv (NT_PYTHON names another than `python3`). Downloads 250 MB and
// fills 1.1 GB. A step that was done before is skipped; delete the folder to begin again.
//
// Experimental: another TensorFlow, for GPUs that need CUDA 12, into a folder of its own (some GB):
//
//   node packages/backend-node-gpu/tools/build-addon.mjs --tensorflow='tensorflow[and-cuda]==2.21.0'
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tested = 'tensorflow-cpu==2.15.1';
const tensorflow = tensorflowOf(process.argv.slice(2));
const place = tensorflow === tested ? 'node-gpu' : `node-gpu-${tensorflow.replaceAll(/[^\w.]+/g, '-')}`;
const cache = fileURLToPath(new URL(`../../../.cache/${place}/`, import.meta.url));
const venv = join(cache, 'venv');
const project = join(cache, 'install');
const packageFolder = join(project, 'node_modules/@tensorflow/tfjs-node-gpu');
const addon = join(packageFolder, 'lib/napi-v8/tfjs_binding.node');

mkdirSync(project, { recursive: true });
step(
  tensorflow.replace('==', ' '),
  () => findTensorflow() !== undefined,
  () => {
    run(process.env.NT_PYTHON ?? 'python3', ['-m', 'venv', venv]);
    // What TensorFlow for CPUs depends on is for Python; that for GPUs gets CUDA from there.
    const alone = tensorflow.startsWith('tensorflow-cpu') ? ['--no-deps'] : [];
    run(join(venv, 'bin/pip'), ['install', '--quiet', ...alone, '--only-binary=:all:', tensorflow]);
  },
);
const headers = join(project, 'node_modules/node-api-headers/include');
step(
  '@tensorflow/tfjs-node-gpu 4.22.0',
  () => existsSync(packageFolder) && existsSync(headers),
  () => {
    writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
    const packages = ['@tensorflow/tfjs-node-gpu@4.22.0', 'node-api-headers@1.9.0'];
    run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], project);
  },
);
step('tfjs_binding.node', () => existsSync(addon), compile);
if (tensorflow !== tested) {
  console.log(`Experimental: nobody has tested this TensorFlow here. Load the package with
  createNodeGpuBackend({ load: () => import('${join(packageFolder, 'dist/index.js')}') })`);
}

function tensorflowOf(parameters) {
  const [given = `--tensorflow=${tested}`, ...others] = parameters;
  const found = /^--tensorflow=(tensorflow.*==.+)$/.exec(given)?.[1];
  if (found && others.length === 0) return found;
  throw new Error(
    `build-addon.mjs takes --tensorflow=REQUIREMENT of pip, as 'tensorflow[and-cuda]==2.21.0'; found ${parameters.join(' ')}`,
  );
}

function compile() {
  const folder = findTensorflow();
  mkdirSync(dirname(addon), { recursive: true });
  const unfinished = `${addon}.unfinished`;
  run('g++', [
    ...['-O2', '-shared', '-fPIC', '-std=c++17', '-w', '-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=tfjs_binding'],
    ...[`-I${headers}`, `-I${join(folder, 'include')}`],
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(packageFolder, 'binding', name)),
    ...['-o', unfinished],
    ...['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'].map((name) => join(folder, name)),
    `-Wl,-rpath,${folder}`,
  ]);
  renameSync(unfinished, addon);
}

function findTensorflow() {
  const lib = join(venv, 'lib');
  const python = existsSync(lib) ? readdirSync(lib).find((name) => name.startsWith('python3')) : undefined;
  const folder = python && join(lib, python, 'site-packages/tensorflow');
  return folder && existsSync(join(folder, 'libtensorflow_cc.so.2')) ? folder : undefined;
}

function step(name, isDone, make) {
  const begin = Date.now();
  if (isDone()) return console.log(`${name}: there`);
  make();
  if (!isDone()) throw new Error(`${name}: the step ended without error, but its result is not in ${cache}.`);
  console.log(`${name}: ${Math.round((Date.now() - begin) / 1000)} s`);
}

function run(command, parameters, cwd = cache) {
  const { status, error } = spawnSync(command, parameters, { cwd, stdio: 'inherit' });
  if (error) throw new Error(`Could not run ${command}: ${error.message}`);
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} ended with status ${status}.`);
}
