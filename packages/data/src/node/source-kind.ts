/** The path that stands for what is piped into the process. */
export const stdinPath = '-';

/**
 * Whether a path stands for what another program writes: `-`, or what a shell makes of `<(cmd)`. Such data have no name
 * that says their format, and can be read once only.
 */
export const isPiped = (path: string): boolean =>
  path === stdinPath || /^\/(?:dev|proc\/(?:self|\d+))\/(?:fd\/\d+|stdin)$/.test(path);

/** Whether a path is an address: `https://…`, but not `C:\…`. */
export const isAddress = (path: string): boolean => /^[a-z][a-z\d+.-]+:\/\//i.test(path);

/** Whether a path names something in the file system, which may be made absolute. */
export const isFilePath = (path: string): boolean => path !== stdinPath && !isAddress(path);
