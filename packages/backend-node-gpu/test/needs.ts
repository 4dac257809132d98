import { appendFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** tfjs-node-gpu with a native addon, as `tools/build-addon.mjs` makes it: TensorFlow 2.15.1 for CPUs behind it. */
export const builtPackage: string = fileURLToPath(
  new URL('../../../.cache/node-gpu/install/node_modules/@tensorflow/tfjs-node-gpu/', import.meta.url),
);

/** Its native part. */
export const builtAddon = 'lib/napi-v8/tfjs_binding.node';

const parts = {
  addon: {
    isThere: (): boolean => existsSync(`${builtPackage}${builtAddon}`),
    reason: 'no native addon of tfjs-node-gpu: node packages/backend-node-gpu/tools/build-addon.mjs',
  },
};

/**
 * Whether a part of the system is there to test with. When it is not, its tests are left out openly: the reason is
 * appended to the file named by `NT_LEFT_OUT`, and with `NT_REQUIRE_ALL=1` it is an error instead.
 */
export function needs(what: keyof typeof parts): boolean {
  const { isThere, reason } = parts[what];
  if (isThere()) return true;
  const line = `backend-node-gpu/${what} — ${reason}`;
  if (process.env['NT_REQUIRE_ALL'] === '1') throw new Error(line);
  if (process.env['NT_LEFT_OUT']) appendFileSync(process.env['NT_LEFT_OUT'], `${line}\n`);
  return false;
}
