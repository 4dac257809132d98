import manifest from '../../package.json' with { type: 'json' };

/** The version that client and worker must have in common: another may come to other bits. */
export const ntVersion: string = manifest.version;
