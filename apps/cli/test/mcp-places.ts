import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainFolder } from './mcp-session.ts';

/** `base/in` and `base/second` are allowed; `base/out` and `base/in-front` are not. */
const base: string = plainFolder();
/** A path below `base`. */
export const at = (...names: string[]): string => join(base, ...names);
const json = (path: string, content: object): void => writeFileSync(path, JSON.stringify(content));
for (const name of [
  'in/sub/deep',
  'in/data',
  'in/mixed',
  'in/own',
  'in/.git',
  'second',
  'out/sub',
  'in-front',
  'in/empty',
])
  mkdirSync(at(name), { recursive: true });
for (const name of [
  'in/a.csv',
  'in/sub/a.csv',
  'in/data/a.csv',
  'in/own/notes.txt',
  'second/a.csv',
  'out/a.csv',
  'in-front/a.csv',
])
  writeFileSync(at(name), 'ds,y\n1,2\n');
writeFileSync(at('in/base.duckdb'), '');

const links: Readonly<Record<string, string>> = {
  'in/link': at('out'),
  'in/relative': '../out',
  'in/parent': '..',
  'in/sub/deep/up': '../../..',
  'in/chain': 'sub/deep/up',
  'in/link.csv': at('out/a.csv'),
  'in/dangling.csv': at('out/not-yet.csv'),
  'in/loop': 'loop',
  'in/inside': 'sub',
  'in/to-second': at('second'),
  'in/mixed/b.csv': at('out/a.csv'),
};
for (const [name, target] of Object.entries(links)) symlinkSync(target, at(name));

/** Folders as `nt` writes them, with something in them that leads out. */
function ours(name: string, record: string, content: object): void {
  mkdirSync(at('in', name), { recursive: true });
  json(at('in', name, record), content);
}
ours('model', 'config.json', { format: 'nt-forecaster', data: { reading: { target: 'y' } } });
ours('model-series', 'config.json', { format: 'nt-forecaster', data: { seenUntil: { sql: 5 } } });
json(at('in/model/run.json'), { format: 'nt-run', data: { source: at('in/a.csv') }, command: {} });
for (const [name, target] of Object.entries({
  members: at('out'),
  checkpoints: '../..',
  'history.csv': at('out/gone'),
})) {
  ours(`model-${name}`, 'config.json', { format: 'nt-forecaster' });
  symlinkSync(target, at('in', `model-${name}`, name));
}
ours('model-deep', 'config.json', { format: 'nt-forecaster' });
mkdirSync(at('in/model-deep/members/0'), { recursive: true });
symlinkSync(at('out/a.csv'), at('in/model-deep/members/0/config.json'));
ours('model-marked', 'config.json', {});
writeFileSync(at('in/model-marked/config.json'), `\uFEFF${JSON.stringify({ data: { reading: { sql: 'SELECT 1' } } })}`);
ours('model-damaged', 'config.json', {});
writeFileSync(at('in/model-damaged/config.json'), '{"data": {"reading": {"sql": "SELECT 1"}}');
ours('model-member', 'config.json', { format: 'nt-forecaster' });
ours('model-member/members/0', 'config.json', { data: { reading: { sql: 'SELECT 1' } } });
ours('app', 'config.json', { name: 'of another program' });
ours('model-query', 'config.json', { data: { reading: { sql: "SELECT * FROM read_csv('/etc/passwd')" } } });
for (const [name, source] of Object.entries({
  out: at('out/a.csv'),
  web: 'https://example.org/a.csv',
  pipe: '-',
  up: '../out/a.csv',
}))
  ours(`run-${name}`, 'run.json', { format: 'nt-run', data: { source }, command: {} });
ours('run-writes', 'run.json', {
  format: 'nt-run',
  data: { source: at('in/a.csv') },
  command: { checkpointDir: at('out') },
});
ours('run-logs', 'run.json', { format: 'nt-run', data: { source: at('in/a.csv') }, command: { logCsv: '/tmp/x.csv' } });
ours('walk-out', 'backtest.json', {
  format: 'nt-backtest',
  run: { data: { source: at('out/a.csv') } },
  walk: {},
  command: {},
});
ours('old-run', 'run.json', { format: 'nt-run', version: 1, flags: { data: at('out/a.csv') } });

execFileSync('mkfifo', [at('in/pipe.csv')]);
