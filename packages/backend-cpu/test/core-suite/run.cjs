// Runs the bundled suite under jasmine and prints one line of JSON. Arguments: bundle, engine options as JSON.
const [, , bundle, options] = process.argv;
const Jasmine = require('jasmine');

async function main() {
  const jasmine = new Jasmine();
  jasmine.exitOnCompletion = false;
  jasmine.env.configure({ random: false });
  jasmine.clearReporters();
  const failures = [];
  const counts = { passed: 0, failed: 0, pending: 0 };
  const backends = new Set();
  const { defineSpecs, getBackend } = require(bundle);
  jasmine.addReporter({
    specDone({ fullName, status, failedExpectations }) {
      if (status === 'excluded') return;
      counts[status] = (counts[status] ?? 0) + 1;
      backends.add(getBackend());
      if (status === 'failed') failures.push({ name: fullName, message: failedExpectations[0]?.message.slice(0, 300) });
    },
  });
  globalThis.console.warn = () => {};
  defineSpecs(JSON.parse(options));
  await jasmine.execute();
  process.stdout.write(`\n${JSON.stringify({ ...counts, failures, backends: [...backends] })}\n`, () =>
    process.exit(0),
  );
}

main();
