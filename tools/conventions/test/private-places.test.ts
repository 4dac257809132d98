import { describe, expect, it } from 'vitest';
import { checkPrivatePlaces } from '../src/check-private-places.ts';
import { readWorkspace } from '../src/workspace.ts';
import { makeWorkspace, repository } from './fixture.ts';

// Written in pieces: this file is checked, too.
const path = (...parts: string[]) => ['', ...parts].join('/');
const registry = `https:/${path('registry.example.org', 'pkg.tgz')}`;

describe('tracked files', () => {
  it('name no place of one machine in this repository', () => {
    expect(checkPrivatePlaces(readWorkspace(repository))).toEqual([]);
  });

  it.each([
    [`see ${path('home', 'ann', 'x')}`, 'a path of one machine'],
    [`'${path('work', 'x')}'`, 'a path of one machine'],
    [`file://${path('tmp', 'x.json')}`, 'a path of one machine'],
    [['C:', 'Users', 'ann'].join('\\'), 'a path of one machine'],
    [['..', 'shared', 'golden', 'x'].join('/'), 'a folder outside'],
    [registry, 'the address of a registry'],
    [`    resolution: {integrity: x, ${'tarball'}: ${registry}}`, 'the address of a tarball'],
  ])('fail: %s', (text, what) => {
    const found = checkPrivatePlaces(makeWorkspace({ 'notes.yaml': `one\n${text}\n` }));
    expect(found.join('\n')).toContain(`notes.yaml:2: ${what}`);
  });

  it('may name addresses and places that every machine has', () => {
    const text = `https://example.org${path('work', 'x')} /usr/bin/chromium`;
    expect(checkPrivatePlaces(makeWorkspace({ 'notes.md': text }))).toEqual([]);
  });
});
