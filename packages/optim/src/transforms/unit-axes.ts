/** Axes over which one output unit extends: all but the last of a kernel `[…, inputs, outputs]`; all of a vector. */
export function unitAxes(shape: readonly number[]): number[] {
  const axes = shape.map((_, axis) => axis);
  return shape.length > 1 ? axes.slice(0, -1) : axes;
}
