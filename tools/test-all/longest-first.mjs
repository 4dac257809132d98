/** Packages whose tests take minutes, the longest first. One of them begun last would run alone, beside an idle core. */
export const longest = [
  'cli',
  'backend-webgpu',
  'backend-cpu',
  'forecast',
  'playground',
  'conventions',
  'data',
  'examples',
  'backend-node-gpu',
];

/**
 * @template {{ name: string }} Package
 * @param {readonly Package[]} packages
 * @returns {Package[]} the longest first, the others in their order behind them
 */
export function longestFirst(packages) {
  const rank = (/** @type {Package} */ { name }) => (longest.includes(name) ? longest.indexOf(name) : longest.length);
  return [...packages].sort((a, b) => rank(a) - rank(b));
}
