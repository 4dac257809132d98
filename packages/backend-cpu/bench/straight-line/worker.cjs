// Runs the straight-line step with one or two threads. Speaks the protocol of ../answer-lines.ts.
const { Worker, isMainThread, workerData, parentPort } = require('node:worker_threads');
const { readFileSync } = require('node:fs');
const { createInterface } = require('node:readline');

const [file, threads, batch] = isMainThread
  ? [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
  : [workerData.file];
const module_ = new WebAssembly.Module(readFileSync(file));
const instantiate = (memory) => new WebAssembly.Instance(module_, { env: { memory } }).exports;
const [generation, stop, net, update] = [0, 2, 4, 5];

if (isMainThread) main();
else work();

function work() {
  const { memory, control, stack } = workerData;
  const words = new Int32Array(control);
  const step = instantiate(memory);
  step.__stack_pointer.value = stack;
  let seen = 0;
  parentPort.postMessage('ready');
  for (;;) {
    for (let spins = 0; Atomics.load(words, generation) === seen; )
      if (++spins > 20000) Atomics.wait(words, generation, seen, 1000);
    seen = Atomics.load(words, generation);
    if (words[stop] !== 0) break;
    step.step(1, 2, words[net], words[update]);
  }
}

function main() {
  const memory = new WebAssembly.Memory({ initial: 5000, maximum: 8192, shared: true });
  const control = new SharedArrayBuffer(256);
  const words = new Int32Array(control);
  const step = instantiate(memory);
  words[net] = (step.__heap_base.value + 2 * 65536 + 127) & ~127;
  step.setup(words[net], batch, words[net] + 16384);
  const worker = new Worker(__filename, { workerData: { file, memory, control, stack: words[net] - 128 } });
  const once = () => {
    words[update]++;
    if (threads === 2) {
      Atomics.add(words, generation, 1);
      Atomics.notify(words, generation);
    }
    step.step(0, threads, words[net], words[update]);
  };
  const losses = [1, 2, 3].map((number) => {
    step.step(0, 1, words[net], number);
    return step.loss(words[net]);
  });
  words[update] = losses.length;
  worker.once('message', () => {
    createInterface({ input: process.stdin }).on('line', (line) => {
      const until = performance.now() + Number(line);
      const times = [];
      do {
        const [cpu, start] = [process.cpuUsage(), performance.now()];
        once();
        const milliseconds = performance.now() - start;
        const { user, system } = process.cpuUsage(cpu);
        times.push({ milliseconds, cpu: (user + system) / 1000 });
      } while (performance.now() < until);
      process.stdout.write(`${JSON.stringify(times)}\n`);
    });
    process.stdout.write(`ready ${JSON.stringify({ losses })}\n`);
  });
}
