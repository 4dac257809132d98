/** Packages whose tests take minutes, the longest first. One of them begun last would run alone, beside an idle core. */
export const longest = [
  'backend-cpu',
  'cli',
  'forecast',
  'backend-webgpu',
  'playground',
  'conventions',
  'data',
  'trainer',
  'backend-node-gpu',
  'examples',
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
