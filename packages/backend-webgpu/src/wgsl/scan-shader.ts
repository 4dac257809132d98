import { shader, threads } from './shader.ts';

/**
 * Running sums or products along the middle of `[outer, length, inner]`, one thread for each line.
 *
 * Parameters: lines, length, inner; whether the element itself is left out; whether the line is run backwards.
 */
export const scanShader = (operation: '+' | '*'): string =>
  shader(
    [
      { name: 'x', type: 'f32', access: 'read' },
      { name: 'y', type: 'f32', access: 'read_write' },
    ],
    `  let line = group * ${threads}u + lane;
  let length = parameters[1];
  let inner = parameters[2];
  if (line >= parameters[0]) { return; }
  let begin = (line / inner) * length * inner + line % inner;
  var total = ${operation === '+' ? '0.0' : '1.0'};
  for (var step = 0u; step < length; step++) {
    let at = begin + select(step, length - 1u - step, parameters[4] == 1u) * inner;
    let before = total;
    total = total ${operation} x[at];
    y[at] = select(total, before, parameters[3] == 1u);
  }`,
  );
