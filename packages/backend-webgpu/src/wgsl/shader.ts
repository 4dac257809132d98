/** Threads of a workgroup: every device has as many. */
export const threads = 256;

/** A buffer that a shader reads, or also writes. */
export interface ShaderBuffer {
  readonly name: string;
  readonly type: 'f32' | 'f16' | 'i32' | 'u32';
  readonly access: 'read' | 'read_write';
}

/**
 * A shader around the body of its main function: `parameters` (words) is binding 0, then the buffers; `group` is the
 * number of the workgroup, however many rows it took to ask for them, and `lane` the thread's place in it.
 */
export function shader(
  buffers: readonly ShaderBuffer[],
  body: string,
  { declarations = '' }: { readonly declarations?: string } = {},
): string {
  const all: readonly ShaderBuffer[] = [{ name: 'parameters', type: 'u32', access: 'read' }, ...buffers];
  const bindings = all.map(
    ({ name, type, access }, i) => `@group(0) @binding(${i}) var<storage, ${access}> ${name}: array<${type}>;`,
  );
  const enable = all.some(({ type }) => type === 'f16') || declarations.includes('f16') ? 'enable f16;\n' : '';
  return `${enable}${bindings.join('\n')}
${declarations}
fn number(at: u32) -> f32 { return bitcast<f32>(parameters[at]); }
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) all: vec3<u32>,
        @builtin(local_invocation_index) lane: u32) {
  let group = id.y * all.x + id.x;
${body}
}
`;
}

/** Words for `parameters`: integers, and numbers as float32. */
export function words(integers: readonly number[], numbers: readonly number[] = []): ArrayBuffer {
  const memory = new ArrayBuffer(4 * Math.max(integers.length + numbers.length, 1));
  new Uint32Array(memory).set(integers);
  new Float32Array(memory).set(numbers, integers.length);
  return memory;
}
