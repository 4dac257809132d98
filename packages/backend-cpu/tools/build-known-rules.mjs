// Writes kernels/known-rules.c and native/known-rule-keys.c from kernels/known-rules.json: elementwise programs that
// native builds contain as functions with every intermediate value in a register. Their bits are the interpreter's.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './kernel-sources.mjs';

const notice = '// Written by tools/build-known-rules.mjs from known-rules.json; do not edit.';

/** What a program is known by: the same text as `ruleKey` in src/kernels/native/known-rules.ts. */
const keyOf = ({ inputs, constants, temporaries, outputs, steps }) =>
  [inputs, constants, temporaries, outputs, ...steps.map((step) => Object.values(step).join(' '))].join(';');

/** An instruction as C; operands are numbered registers. */
const written = {
  copy: (x) => x,
  '+': (x, y) => `${x} + ${y}`,
  '-': (x, y) => `${x} - ${y}`,
  '*': (x, y) => `${x} * ${y}`,
  '/': (x, y) => `${x} / ${y}`,
  min: (x, y) => `smaller_of(${x}, ${y})`,
  max: (x, y) => `larger_of(${x}, ${y})`,
  sqrt: (x) => `square_root(${x})`,
  multiplyAdd: (x, y, z) => `multiply_add(${x}, ${y}, ${z})`,
  multiplySubtract: (x, y, z) => `multiply_add(-${x}, ${y}, ${z})`,
  neg: (x) => `-${x}`,
  abs: (x) => `absolute(${x})`,
};

/** The text of both files. */
export function knownRuleFiles() {
  const rules = JSON.parse(readFileSync(path.join(root, 'kernels/known-rules.json'), 'utf8'));
  const cases = rules.map((_, i) => `    case ${i}: EACH_VECTOR(rule_${i}, RULE_${i}_SIZES)`).join('\n');
  const keys = rules.map(({ program }) => `    "${keyOf(program)}",`).join('\n');
  const kernels = `${notice}
#if !defined(__wasm__)
#include "known-rule.h"

${rules.map(functionOf).join('\n\n')}

void run_generated(const GeneratedCommand *g, u32 chunk) {
  const KnownRule rule = open_known_rule(g, chunk);
  switch (g->code) {
${cases}
  }
}
#endif
`;
  const table = `${notice}
// What each program of kernels/known-rules.c is known by.
#include "known-rule-keys.h"

const char *const nt_known_rules[] = {
${keys}
};
const u32 nt_known_rule_count = ${rules.length};
`;
  return { 'kernels/known-rules.c': kernels, 'native/known-rule-keys.c': table };
}

function functionOf({ name, program }, index) {
  const { inputs, constants, temporaries, steps } = program;
  const constantsEnd = inputs + constants;
  const firstOutput = constantsEnd + temporaries;
  // An operand may be used before it is written only when it is an input or a constant.
  const lines = steps.map(({ operation, result, a, b, c }) => {
    const expression = written[operation];
    if (!expression) throw new Error(`${name}: '${operation}' is not among what known rules may use`);
    return `  r[${result}] = ${expression(...[a, b, c].map((register) => `r[${register}]`))};`;
  });
  return `// ${name}
INLINE void rule_${index}(f32 *const *in, f32 *const *out, const vf *constant, u32 at) {
  vf r[${firstOutput + program.outputs}];
  UNROLL for (u32 i = 0; i < ${inputs}; i++) r[i] = load(in[i] + at);
  UNROLL for (u32 i = 0; i < ${constants}; i++) r[${inputs} + i] = constant[i];
${lines.join('\n')}
  UNROLL for (u32 i = 0; i < ${program.outputs}; i++) store(out[i] + at, r[${firstOutput} + i]);
}
#define RULE_${index}_SIZES ${inputs}, ${constants}, ${program.outputs}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [file, text] of Object.entries(knownRuleFiles())) writeFileSync(path.join(root, file), text);
}
