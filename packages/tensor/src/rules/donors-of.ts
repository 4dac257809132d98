import type { ElementwiseRule } from './elementwise-rule.ts';

/**
 * For each output the place of the input whose memory an engine may take for it, by the names that a call donates: the
 * input of the output's own name, or else one that no output has taken; undefined where there is none.
 */
export function donorsOf(rule: ElementwiseRule, donate: readonly string[]): (number | undefined)[] {
  const names = rule.outputs.map(([name]) => name);
  const spare = donate.filter((name) => !names.includes(name));
  return names.map((name) => {
    const donor = donate.includes(name) ? name : spare.shift();
    return donor === undefined ? undefined : rule.inputs.indexOf(donor);
  });
}
