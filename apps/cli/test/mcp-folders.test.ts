import { describe, expect, it } from 'vitest';
import { AllowedFolders } from '../src/mcp/allowed-folders.ts';
import { type Confined, confine } from '../src/mcp/confine.ts';
import { verbTools } from '../src/mcp/tools.ts';
import { UsageError } from '../src/usage-error.ts';
import { at } from './mcp-places.ts';

const folders = await AllowedFolders.open([at('in'), at('second')]);
const confined = (tool: string, given: object): Promise<Confined> =>
  confine(verbTools[tool]!, folders, given as Record<string, unknown>);

describe('what is inside', () => {
  it.each<[string, string, object, object]>([
    ['a relative path begins in the first folder', 'profile', { path: 'a.csv' }, { path: at('in/a.csv') }],
    ['an absolute path', 'profile', { path: at('in/a.csv') }, { path: at('in/a.csv') }],
    ['in the second folder', 'profile', { path: at('second/a.csv') }, { path: at('second/a.csv') }],
    ['.. that stays inside', 'profile', { path: 'sub/../a.csv' }, { path: at('in/a.csv') }],
    ['a link that stays inside is followed', 'profile', { path: 'inside/a.csv' }, { path: at('in/sub/a.csv') }],
    ['a link to another allowed folder', 'profile', { path: 'to-second/a.csv' }, { path: at('second/a.csv') }],
    [
      'what is not there yet',
      'train',
      { data: 'a.csv', output: 'new/deep' },
      { data: at('in/a.csv'), output: at('in/new/deep') },
    ],
    ['the usual folder', 'backtest', { data: 'a.csv' }, { data: at('in/a.csv'), output: at('in/backtest') }],
    ['a pattern', 'profile', { path: 'sub/*.csv' }, { path: at('in/sub/*.csv') }],
    ['a folder of data', 'profile', { path: 'data' }, { path: at('in/data') }],
    ['an empty folder', 'train', { data: 'a.csv', output: 'empty' }, { data: at('in/a.csv'), output: at('in/empty') }],
    [
      'a file that is replaced on purpose',
      'forecast',
      { model: 'model', output: 'a.json', overwrite: true },
      { model: at('in/model'), output: at('in/a.json') },
    ],
    [
      'a model that was made of other data, with data',
      'forecast',
      { model: 'run-out', data: 'a.csv', output: 'f.csv' },
      { model: at('in/run-out'), data: at('in/a.csv'), output: at('in/f.csv') },
    ],
    ['what a run was made of may be asked', 'info', { path: 'run-out' }, { path: at('in/run-out') }],
    ['a series named sql', 'evaluate', { model: 'model-series', data: 'a.csv' }, { model: at('in/model-series') }],
    [
      'an export reads no data',
      'export',
      { model: 'model-query', output: 'm.onnx' },
      { model: at('in/model-query'), output: at('in/m.onnx') },
    ],
  ])('%s', async (_, tool, given, places) => {
    expect((await confined(tool, given)).given).toMatchObject(places);
  });
});

const notAllowed = 'mcp/not-allowed';
describe('what is refused', () => {
  it.each<[string, string, object, string]>([
    ['..', 'profile', { path: '../out/a.csv' }, notAllowed],
    ['.. behind a folder', 'profile', { path: 'sub/../../out/a.csv' }, notAllowed],
    ['.. behind what is not there', 'train', { data: 'a.csv', output: 'new/../../out/model' }, notAllowed],
    ['an absolute path', 'profile', { path: at('out/a.csv') }, notAllowed],
    ['the root', 'profile', { path: '/' }, notAllowed],
    ['a folder whose name begins alike', 'profile', { path: at('in-front/a.csv') }, notAllowed],
    ['the folder above', 'info', { path: '..' }, notAllowed],
    ['a link', 'profile', { path: 'link/a.csv' }, notAllowed],
    ['a relative link', 'profile', { path: 'relative/a.csv' }, notAllowed],
    ['a link to a file', 'profile', { path: 'link.csv' }, notAllowed],
    ['a link to the parent', 'profile', { path: 'parent/out/a.csv' }, notAllowed],
    ['a deep link to the parent', 'profile', { path: 'sub/deep/up/out/a.csv' }, notAllowed],
    ['a link to a link', 'profile', { path: 'chain/out/a.csv' }, notAllowed],
    ['a link that goes in a circle', 'profile', { path: 'loop' }, notAllowed],
    ['a link in a folder that is made', 'train', { data: 'a.csv', output: 'link/new/model' }, notAllowed],
    ['a link to the parent in a folder that is made', 'train', { data: 'a.csv', output: 'parent/new' }, notAllowed],
    [
      'a link that leads nowhere yet',
      'forecast',
      { model: 'model', output: 'dangling.csv', overwrite: true },
      notAllowed,
    ],
    ['a link that is a file to write', 'forecast', { model: 'model', output: 'link.csv', overwrite: true }, notAllowed],
    ['a pattern that matches a link', 'profile', { path: 'mixed/*.csv' }, notAllowed],
    ['a pattern over folders', 'profile', { path: '*/a.csv' }, notAllowed],
    ['a pattern behind a link', 'profile', { path: 'link/*.csv' }, notAllowed],
    ['a folder of data with a link', 'profile', { path: 'mixed' }, notAllowed],
    ['NUL', 'profile', { path: 'a.csv\0.txt' }, notAllowed],
    ['a line break', 'profile', { path: 'a\n.csv' }, notAllowed],
    ['~', 'profile', { path: '~/a.csv' }, notAllowed],
    ['~user', 'profile', { path: '~root/a.csv' }, notAllowed],
    ['nothing', 'profile', { path: '' }, notAllowed],
    ['what is piped in', 'profile', { path: '-' }, notAllowed],
    ['a flag', 'info', { path: '--config=x' }, notAllowed],
    ['https', 'train', { data: 'https://example.org/a.csv' }, notAllowed],
    ['HTTP', 'train', { data: 'HTTP://example.org/a.csv' }, notAllowed],
    ['file', 'train', { data: 'file:///etc/passwd' }, notAllowed],
    ['an address without slashes', 'train', { data: 's3:bucket/a.csv' }, notAllowed],
    ['UNC', 'profile', { path: '\\\\server\\share\\a.csv' }, notAllowed],
    ['UNC with slashes', 'profile', { path: '//server/share/a.csv' }, notAllowed],
    ['a device', 'profile', { path: '/dev/zero' }, notAllowed],
    ['a database', 'profile', { path: 'base.duckdb' }, notAllowed],
    ['a hidden file', 'forecast', { model: 'model', output: '.bashrc.csv' }, notAllowed],
    ['a hidden folder', 'forecast', { model: 'model', output: '.git/hooks/x.csv' }, notAllowed],
    ['a hidden folder for a model', 'train', { data: 'a.csv', output: '.ssh' }, notAllowed],
    ['members that are a link', 'forecast', { model: 'model-members', data: 'a.csv', output: 'f.csv' }, notAllowed],
    ['a link deep in a model', 'info', { path: 'model-deep' }, notAllowed],
    [
      'checkpoints that are a link to the parent',
      'train',
      { data: 'a.csv', output: 'model-checkpoints', overwrite: true },
      notAllowed,
    ],
    [
      'a file of a model that is a link to nowhere',
      'train',
      { data: 'a.csv', output: 'model-history.csv', overwrite: true },
      notAllowed,
    ],
    ['a model that asks a query', 'forecast', { model: 'model-query', data: 'a.csv', output: 'f.csv' }, notAllowed],
    ['a query behind a mark', 'forecast', { model: 'model-marked', data: 'a.csv', output: 'f.csv' }, notAllowed],
    ['a query of a member', 'forecast', { model: 'model-member', data: 'a.csv', output: 'f.csv' }, notAllowed],
    ['a record that is damaged', 'forecast', { model: 'model-damaged', data: 'a.csv', output: 'f.csv' }, notAllowed],
    ['a name that is too long', 'profile', { path: 'x'.repeat(5000) }, notAllowed],
    ['a path that is too deep', 'profile', { path: 'x/'.repeat(5000) }, notAllowed],
    ['a folder of another program', 'train', { data: 'a.csv', output: 'app', overwrite: true }, 'mcp/exists'],
    ['a model of data outside', 'forecast', { model: 'run-out', output: 'f.csv' }, notAllowed],
    ['a model of data behind ..', 'evaluate', { model: 'run-up' }, notAllowed],
    ['a model of data of the network', 'evaluate', { model: 'run-web' }, notAllowed],
    ['a model of data that were piped in', 'evaluate', { model: 'run-pipe' }, notAllowed],
    ['a model of an earlier version', 'evaluate', { model: 'old-run' }, notAllowed],
    ['a run of data outside', 'resume', { folder: 'run-out' }, notAllowed],
    ['a run that writes checkpoints outside', 'resume', { folder: 'run-writes' }, notAllowed],
    ['a run that writes logs outside', 'resume', { folder: 'run-logs' }, notAllowed],
    ['a backtest of data outside', 'resume', { folder: 'walk-out' }, notAllowed],
    [
      'data that are known ahead, outside',
      'forecast',
      { model: 'model', futureData: '../out/a.csv', output: 'f.csv' },
      notAllowed,
    ],
    ['a plot outside', 'train', { data: 'a.csv', output: 'm', plot: '../p.svg' }, notAllowed],
    ['a report outside', 'evaluate', { model: 'model', report: at('out/r.html') }, notAllowed],
    ['a file that is there', 'forecast', { model: 'model', output: 'a.csv' }, 'mcp/exists'],
    ['a file of a model', 'forecast', { model: 'model', output: 'model/config.json', overwrite: true }, 'mcp/exists'],
    [
      'a folder as a file',
      'forecast',
      { model: 'model', output: 'data.csv/../sub', overwrite: true },
      'mcp/bad-argument',
    ],
    ['a folder of other things', 'train', { data: 'a.csv', output: 'own', overwrite: true }, 'mcp/exists'],
    ['a file as a folder', 'train', { data: 'a.csv', output: 'sub/a.csv' }, 'mcp/exists'],
    ['the ending of another verb', 'forecast', { model: 'model', output: 'f.onnx' }, 'mcp/bad-argument'],
    ['another ending', 'export', { model: 'model', output: 'run.sh' }, 'mcp/bad-argument'],
    ['another ending of a report', 'train', { data: 'a.csv', output: 'm', report: 'package.json' }, 'mcp/bad-argument'],
    [
      'the data as the result',
      'forecast',
      { model: 'model', data: 'a.csv', output: 'a.csv', overwrite: true },
      'mcp/bad-argument',
    ],
    [
      'the remembered data as the result',
      'forecast',
      { model: 'model', output: 'a.csv', overwrite: true },
      'mcp/bad-argument',
    ],
    [
      'two results in one file',
      'evaluate',
      { model: 'model', plot: 'x.svg', report: 'x.html/../x.svg' },
      'mcp/bad-argument',
    ],
  ])('%s', async (_, tool, given, code) => {
    await expect(confined(tool, given)).rejects.toMatchObject({ code });
  });

  it('a pipe, which would be waited for', async () => {
    await expect(confined('profile', { path: 'pipe.csv' })).rejects.toMatchObject({ code: notAllowed });
  });

  it('says why, and what is allowed', async () => {
    await expect(confined('profile', { path: 'link/a.csv' })).rejects.toThrow(
      `path: "link/a.csv" is not allowed: a link leads out of the allowed folders. Name a path inside ${at('in')}, ${at('second')}`,
    );
  });
});

it('an allowed folder may be a link itself; it has to be there', async () => {
  const linked = await AllowedFolders.open([at('in/to-second')]);
  expect(linked.roots).toEqual([at('second')]);
  await expect(AllowedFolders.open([at('gone')])).rejects.toThrow(UsageError);
  await expect(AllowedFolders.open([at('in/a.csv')])).rejects.toThrow('--allow-dir');
});
