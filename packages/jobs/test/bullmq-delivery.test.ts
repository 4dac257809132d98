import { expect, it } from 'vitest';
import { bullmqDelivery, type LockedJob } from '../src/bullmq/bullmq-delivery.ts';
import { jobOf } from '../src/index.ts';

/** A job whose lease is there when one looks, and gone when one changes something. */
function deliveryThatSays(message: string): ReturnType<typeof bullmqDelivery> {
  const refuse = async (): Promise<never> => {
    throw new Error(message);
  };
  const found = { extendLock: async () => 1, data: {}, moveToCompleted: refuse, moveToFailed: refuse } as never;
  const locked: Omit<LockedJob, 'found'> = {
    ...{ job: jobOf('nothing', {}), token: 't', attempt: 1, lease: 10 },
    safely: (work) => work(),
    reload: async () => found,
    UnrecoverableError: Error as never,
  };
  return bullmqDelivery({ ...locked, found });
}

it.each([
  'Missing lock for job a. moveToFinished',
  'Missing key for job a. x',
  'Lock mismatch for job a. Cmd x from active',
])('a lease that runs out in the middle of a change is lost, no error: %s', async (message) => {
  const delivery = deliveryThatSays(message);
  await expect(delivery.done(1)).resolves.toBeUndefined();
  await expect(delivery.fail('no luck', true)).resolves.toBeUndefined();
});

it('what else a server refuses is told', async () => {
  await expect(deliveryThatSays('OOM command not allowed').done(1)).rejects.toThrow('OOM');
});
