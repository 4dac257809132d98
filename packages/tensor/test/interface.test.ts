import { createReferenceBackend } from '@nt/tensor/reference';
import { tfjsOps } from '@nt/tensor/tfjs';
import { expect, it } from 'vitest';

/** Each member is a promise that every engine has to keep. */
const mostMembers = 37;

it(`NetworkOps has at most ${mostMembers} members`, () => {
  const members = Object.keys(createReferenceBackend().ops);
  const advice =
    `NetworkOps has ${members.length} members. To grow past ${mostMembers}, write down in docs/decisions why the new ` +
    'member cannot be composed of the others, then raise the number here.';
  expect(members.length, advice).toBeLessThanOrEqual(mostMembers);
});

it('both bindings have the same members', () => {
  expect(Object.keys(tfjsOps()).sort()).toEqual(Object.keys(createReferenceBackend().ops).sort());
});
