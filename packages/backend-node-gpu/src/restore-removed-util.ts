interface RemovedFunctions {
  isNullOrUndefined?: (value: unknown) => boolean;
  isArray?: (value: unknown) => boolean;
}

/**
 * Node 23 removed two functions of `node:util` that tfjs-node 4.22.0 calls in its first operation
 * (`isNullOrUndefined is not a function`); the repair was merged upstream and never released. Where they still exist
 * nothing changes.
 */
export function restoreRemovedUtil(): void {
  // Not imported: an import of node:util would break bundles for browsers, which may hold this package unused.
  const util = process.getBuiltinModule('node:util') as unknown as RemovedFunctions;
  util.isNullOrUndefined ??= (value) => value === undefined || value === null;
  util.isArray ??= Array.isArray;
}
