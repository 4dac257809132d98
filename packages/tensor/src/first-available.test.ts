import { expect, it } from 'vitest';
import { firstAvailable } from './first-available.ts';
import { createReferenceBackend } from './reference/create-reference-backend.ts';
import { TensorError } from './tensor-error.ts';

const reference = async () => createReferenceBackend();
const refuse = (reason: string) => async (): Promise<never> => {
  throw new TensorError('tensor/backend-unavailable', `Backend '${reason}': refused.`, { reason });
};

it('gives the first backend that works and why those before it do not', async () => {
  const { backend, unavailable } = await firstAvailable([refuse('a'), refuse('b'), reference, refuse('c')]);
  expect(backend.name).toBe('reference');
  expect(unavailable.map((error) => error.details['reason'])).toEqual(['a', 'b']);
});

it('tries no further once one works', async () => {
  let tried = false;
  await firstAvailable([
    reference,
    async () => {
      tried = true;
      return createReferenceBackend();
    },
  ]);
  expect(tried).toBe(false);
});

it('lists every reason when none works', async () => {
  const error = await firstAvailable([refuse('a'), refuse('b')]).catch((thrown: unknown) => thrown as TensorError);
  expect(error).toMatchObject({
    code: 'tensor/backend-unavailable',
    message: "None of 2 backends is available.\n1. Backend 'a': refused.\n2. Backend 'b': refused.",
    details: { reasons: [{ reason: 'a' }, { reason: 'b' }] },
    cause: { errors: [{ details: { reason: 'a' } }, { details: { reason: 'b' } }] },
  });
});

it('does not take a mistake for a missing backend', async () => {
  const mistake = async (): Promise<never> => {
    throw new TypeError('x is not a function');
  };
  await expect(firstAvailable([mistake, reference])).rejects.toThrow(TypeError);
  const active = async (): Promise<never> => {
    throw new TensorError('tensor/backend-active', 'in use');
  };
  await expect(firstAvailable([active, reference])).rejects.toMatchObject({ code: 'tensor/backend-active' });
});

it('refuses an empty list', async () => {
  await expect(firstAvailable([])).rejects.toMatchObject({ code: 'tensor/option' });
});
