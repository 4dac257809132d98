import { expect, it } from 'vitest';
import { checkPeers } from '../src/check-peers.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, manifestWith, optim, repository } from './fixture.ts';

const peers = { peerDependencies: { 'tfjs-cpu': '>=4 <5' } };
const yaml = (hoisted: string) =>
  `packages:\n  - packages/*\n  - apps/*\npublicHoistPattern:\n  - "${hoisted}"\ncatalog:\n  a: 1.0.0\n`;
const app = (fields: object) => ({
  ...optim,
  'packages/tensor/package.json': manifestWith(peers),
  'packages/optim/package.json': manifestWith({ name: '@nt/optim', dependencies: {} }),
  'apps/cli/package.json': manifestWith({ name: '@nt/cli', ...fields }),
});
const dependencies = { '@nt/tensor': 'workspace:^', 'tfjs-cpu': '4.0.0' };

it('peers are brought in this repository', () => {
  expect(checkPeers(readWorkspace(repository))).toEqual([]);
});

it.each([
  ['brought and hoisted', app({ dependencies }), 'tfjs-cpu', []],
  [
    'brought, not hoisted',
    app({ dependencies }),
    'other',
    ['publicHoistPattern lacks tfjs-cpu, the peer of @nt/tensor'],
  ],
  [
    'not brought',
    app({ dependencies: { '@nt/tensor': 'workspace:^' } }),
    'tfjs-cpu',
    ['apps/cli/package.json: depends on @nt/tensor, whose peer tfjs-cpu it does not declare'],
  ],
  [
    'a development dependency only',
    app({ dependencies: { '@nt/tensor': 'workspace:^' }, devDependencies: { 'tfjs-cpu': '4.0.0' } }),
    'tfjs-cpu',
    ['whose peer tfjs-cpu it does not declare'],
  ],
  ['handed on as a peer', app({ dependencies: { '@nt/tensor': 'workspace:^' }, ...peers }), 'tfjs-cpu', []],
  [
    'optional',
    {
      ...app({ dependencies: { '@nt/tensor': 'workspace:^' } }),
      'packages/tensor/package.json': manifestWith({
        ...peers,
        peerDependenciesMeta: { 'tfjs-cpu': { optional: true } },
      }),
    },
    'other',
    [],
  ],
])('a peer that is %s', (_, files, hoisted, expected) => {
  const found = checkPeers(makeWorkspace({ ...files, 'pnpm-workspace.yaml': yaml(hoisted) }));
  expect(found).toEqual(expected.map((text) => expect.stringContaining(text)));
});
