/** How several inputs lie against one result, with as few axes as possible. */
export interface BroadcastLayout {
  readonly sizes: readonly number[];
  /** For each input: strides against `sizes`, or undefined when it has the result's own layout. */
  readonly strides: readonly (readonly number[] | undefined)[];
}

/** NumPy's broadcasting; undefined when the shapes do not fit together. */
export function broadcastShape(shapes: readonly (readonly number[])[]): readonly number[] | undefined {
  if (allAlike(shapes)) return shapes[0];
  const rank = Math.max(...shapes.map(({ length }) => length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    for (let i = 0; i < shape.length; i++) {
      const axis = rank - shape.length + i;
      const size = shape[i]!;
      if (size === 1 || size === result[axis]) continue;
      if (result[axis] !== 1) return undefined;
      result[axis] = size;
    }
  }
  return result;
}

/** Strides of each input against the result's shape, with axes joined that every input steps through alike. */
export function broadcastLayout(result: readonly number[], shapes: readonly (readonly number[])[]): BroadcastLayout {
  if (shapes.every((shape) => sameSize(shape, result)))
    return layoutsOfDense[shapes.length] ?? denseLayout(shapes.length);
  const strides = shapes.map((shape) => stridesAgainst(shape, result));
  const axes = result
    .map((size, axis) => ({ size, steps: strides.map((all) => all[axis]!) }))
    .filter(({ size }) => size !== 1);
  const joined: { size: number; steps: number[] }[] = [];
  for (const axis of axes) {
    const last = joined.at(-1);
    if (last?.steps.every((step, i) => step === axis.steps[i]! * axis.size)) {
      last.size *= axis.size;
      last.steps = axis.steps;
    } else joined.push({ ...axis });
  }
  if (joined.length === 0) joined.push({ size: 1, steps: shapes.map(() => 0) });
  return {
    sizes: joined.map(({ size }) => size),
    strides: shapes.map((shape, i) => (sameSize(shape, result) ? undefined : joined.map(({ steps }) => steps[i]!))),
  };
}

function stridesAgainst(shape: readonly number[], result: readonly number[]): number[] {
  const strides = new Array<number>(result.length).fill(0);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] !== 1) strides[result.length - shape.length + i] = step;
    step *= shape[i]!;
  }
  return strides;
}

/** An input that fits the result and has as many elements has its layout. */
function sameSize(shape: readonly number[], result: readonly number[]): boolean {
  if (shape === result) return true;
  let [size, all] = [1, 1];
  for (let i = 0; i < shape.length; i++) size *= shape[i]!;
  for (let i = 0; i < result.length; i++) all *= result[i]!;
  return size === all;
}

function allAlike(shapes: readonly (readonly number[])[]): boolean {
  const first = shapes[0]!;
  for (let i = 1; i < shapes.length; i++) {
    const shape = shapes[i]!;
    if (shape.length !== first.length) return false;
    for (let axis = 0; axis < first.length; axis++) if (shape[axis] !== first[axis]) return false;
  }
  return true;
}

const denseLayout = (inputs: number): BroadcastLayout => ({
  sizes: [],
  strides: Array.from({ length: inputs }, () => undefined),
});
/** The usual case, made once for each number of inputs. */
const layoutsOfDense = Array.from({ length: 5 }, (_, inputs) => denseLayout(inputs));
