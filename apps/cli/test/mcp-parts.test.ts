import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allVerbs } from '../src/create-program.ts';
import type { JobProgress } from '../src/jobs/job-messages.ts';
import { AllowedFolders } from '../src/mcp/allowed-folders.ts';
import { callProgress } from '../src/mcp/call-progress.ts';
import { forecastSummary } from '../src/mcp/forecast-summary.ts';
import { Journal } from '../src/mcp/journal.ts';
import { makeTools } from '../src/mcp/make-tools.ts';
import { nextCall } from '../src/mcp/next-call.ts';
import { ownTools } from '../src/mcp/own-tools.ts';
import { PlacesInUse } from '../src/mcp/places-in-use.ts';
import { plainFolder } from './mcp-session.ts';

const folder = plainFolder();
const folders = await AllowedFolders.open([folder]);
const verbs = allVerbs({ exitCode: 0 });
const request = { signal: new AbortController().signal, onProgress: () => {} };

describe('places in use', () => {
  const call = (read: readonly string[], written: readonly string[]) => ({
    given: {},
    written,
    touched: [...read, ...written],
  });

  it.each<[string, readonly string[], readonly string[], boolean]>([
    ['reads what is written', ['/d/model'], [], true],
    ['reads in a folder that is written', ['/d/model/members/0'], [], true],
    ['reads a folder in which is written', ['/d'], [], true],
    ['writes what is read', [], ['/d/a.csv'], true],
    ['reads the same', ['/d/a.csv'], ['/d/other'], false],
    ['has a name that begins alike', ['/d/model-2'], ['/d/model2'], false],
  ])('a call that %s', (_, read, written, isBusy) => {
    const places = new PlacesInUse();
    const giveBack = places.take(call(['/d/a.csv'], ['/d/model']), folders);
    const take = (): unknown => places.take(call(read, written), folders);
    if (!isBusy) return void expect(take).not.toThrow();
    expect(take).toThrow('A call that is still running uses');
    giveBack();
    expect(take).not.toThrow();
  });

  it('are of eight calls at most', () => {
    const places = new PlacesInUse();
    const taken = Array.from({ length: 8 }, (_, i) => places.take(call([], [`/d/${i}`]), folders));
    expect(() => places.take(call([], ['/d/8']), folders)).toThrow('8 calls are running; wait for one of them');
    taken[3]!();
    expect(() => places.take(call([], ['/d/8']), folders)).not.toThrow();
  });
});

describe('progress', () => {
  const at = (update: number, more: Partial<JobProgress> & { readonly part?: string } = {}) => {
    const { part, ...progress } = { maxUpdates: 100, loss: null, validation: null, ...more };
    return { type: 'progress' as const, ...(part !== undefined && { part }), progress: { update, ...progress } };
  };

  it('of one network has a total', () => {
    const told = callProgress();
    expect([told(at(0)), told(at(40, { loss: 0.5 }))]).toEqual([
      { progress: 0, total: 100, message: 'update 0/100' },
      { progress: 40, total: 100, message: 'update 40/100 loss 0.5' },
    ]);
  });

  it.each<[string, readonly ReturnType<typeof at>[], readonly number[]]>([
    ['members of a blend', [at(10, { member: 'a' }), at(20, { member: 'a' }), at(5, { member: 'b' })], [10, 20, 25]],
    [
      'folds at once',
      [at(10, { part: 'fold 1' }), at(3, { part: 'fold 2' }), at(20, { part: 'fold 1' })],
      [10, 13, 23],
    ],
    [
      'the same again',
      [at(50, { part: 'leakcheck' }), at(1, { part: 'leakcheck' }), at(9, { part: 'leakcheck' })],
      [50, 51, 59],
    ],
  ])('of several only grows: %s', (_, events, numbers) => {
    const told = callProgress();
    const heard = events.map(told);
    expect(heard.map(({ progress }) => progress)).toEqual(numbers);
    expect(heard.filter(({ total }) => total !== undefined)).toEqual([]);
  });
});

describe('the call that comes next', () => {
  it.each<[string, object | undefined]>([
    ['nt forecast -m "/a b/model" -d FILE', { tool: 'forecast', arguments: { model: '/a b/model', data: 'FILE' } }],
    [
      'nt train -d /d/a.csv --target y --no-header -o model',
      { tool: 'train', arguments: { data: '/d/a.csv', target: 'y', header: false, output: 'model' } },
    ],
    ['nt resume /d/walk', { tool: 'resume', arguments: { folder: '/d/walk' } }],
    ['nt train -d a.csv --sql "SELECT 1"', { tool: 'train', arguments: { data: 'a.csv' } }],
    ['nt bench', undefined],
    ['rm -r /', undefined],
  ])('%s', async (command, call) => {
    expect(await nextCall(command, verbs)).toEqual(call);
  });
});

it('a forecast is summarised; of a thousand series ten', () => {
  const one = (id: number) => ({ id: `s${id}`, times: ['t1', 't2', 't3'], values: [id, null, id + 4] });
  const series = Array.from({ length: 1000 }, (_, id) => one(id));
  const told = forecastSummary({ target: 'y', horizon: 3, notices: [], quantiles: [], series });
  expect(told).toMatchObject({ series: 1000, horizon: 3 });
  const { summary } = told as { readonly summary: readonly object[] };
  expect(summary).toHaveLength(10);
  expect(summary[1]).toEqual({ id: 's1', from: 't1', to: 't3', mean: 3, lowest: 1, highest: 5 });
});

describe('what was answered', () => {
  it('is remembered, the newest 500', () => {
    const journal = new Journal();
    for (let i = 0; i < 600; i++) {
      const answer = journal.next();
      journal.add({
        answer,
        tool: 'info',
        arguments: {},
        began: '',
        seconds: 0,
        state: 'done',
        command: `nt ${answer}`,
      });
    }
    expect([journal.find('100'), journal.find('600')?.command]).toEqual([undefined, 'nt 600']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'script',
      {},
      'answer: expected the answer of an earlier call of this session (there are none yet), found undefined.',
    ],
    ['script', { answer: '7' }, 'found "7"'],
    ['script', { answr: '7' }, "there is no argument 'answr'. Did you mean 'answer'?"],
    ['failures', { all: true }, "failures takes no arguments, found 'all'."],
  ])('%s %j', async (name, given, message) => {
    await expect(ownTools(new Journal())[name]!.run(given, request)).rejects.toThrow(message);
  });
});

describe('docs/guide/agents.md', () => {
  const page = readFileSync(new URL('../../../docs/guide/agents.md', import.meta.url), 'utf8');

  it('tells of every tool, and of what each needs', async () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \|.*\| (.*?) ?\|$/gm)].map(([, name, needs]) => [
      name,
      [...needs!.matchAll(/`(\w+)`/g)].map(([, argument]) => argument),
    ]);
    const tools = [...(await makeTools(folders, verbs))].map(([name, { inputSchema }]) => [
      name,
      inputSchema['required'] ?? [],
    ]);
    expect(rows).toEqual(tools);
  });

  it('has configurations that clients can read', () => {
    const blocks = [...page.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, block]) => JSON.parse(block!) as object);
    expect(blocks).toHaveLength(2);
    for (const block of blocks) expect(JSON.stringify(block)).toContain('"args":["mcp","--allow-dir",');
  });
});
