/** What is inside the published command is not installed beside it: its manifest names only what is not. */
export const hooks = {
  beforePacking(/** @type {{ name?: string, dependencies?: Record<string, string> }} */ manifest) {
    if (manifest.name === '@nt/cli') delete manifest.dependencies;
    return manifest;
  },
};
