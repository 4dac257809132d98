import type { ConformanceCase, Observation } from '../conformance-case.ts';
import { given, memoryCase, uniform } from './case-builders.ts';

const x = uniform([3, 5], 600);
const saw = (what: string, expected: number, received: number): Observation => ({ what, expected, received });
const first = async (tensor: { data(): Promise<ArrayLike<number>> }): Promise<number> => (await tensor.data())[0]!;

const scopes: readonly ConformanceCase[] = [
  memoryCase('tidy/frees what is not returned', ['tidy', 'add', 'mul'], [x], (ops, tensors, a) => {
    const before = tensors();
    const result = ops.tidy(() => ops.mul(ops.add(a, a), ops.add(a, a)));
    const after = tensors();
    result.dispose();
    return [saw('tensors after tidy', before + 1, after)];
  }),
  memoryCase('tidy/returned arrays and objects survive', ['tidy', 'add', 'dispose'], [x], (ops, tensors, a) => {
    const before = tensors();
    const result = ops.tidy(() => ({
      one: ops.add(a, a),
      more: [ops.add(a, a), { deep: ops.add(a, a) }] as const,
      number: 3,
    }));
    const after = tensors();
    ops.dispose([result.one, result.more[0], result.more[1].deep]);
    return [saw('tensors after tidy', before + 3, after), saw('a number passed through', 3, result.number)];
  }),
  memoryCase('tidy/inside tidy', ['tidy', 'add'], [x], (ops, tensors, a) => {
    const before = tensors();
    let between = 0;
    ops.tidy(() => {
      ops.tidy(() => ops.add(ops.add(a, a), a));
      between = tensors();
    });
    return [saw('tensors in the outer tidy', before + 1, between), saw('tensors after it', before, tensors())];
  }),
  memoryCase('tidy/that throws frees too', ['tidy', 'add'], [x], (ops, tensors, a) => {
    const before = tensors();
    let thrown = 0;
    try {
      ops.tidy(() => {
        ops.add(a, a);
        throw new Error('on purpose');
      });
    } catch {
      thrown = 1;
    }
    return [saw('errors passed on', 1, thrown), saw('tensors after tidy', before, tensors())];
  }),
  memoryCase('keep/outlives every tidy around', ['tidy', 'keep', 'add'], [x], async (ops, tensors, a) => {
    const before = tensors();
    let kept = a;
    ops.tidy(() => {
      ops.tidy(() => {
        kept = ops.keep(ops.add(a, a));
      });
    });
    const after = tensors();
    const value = await first(kept);
    kept.dispose();
    return [saw('tensors after both tidies', before + 1, after), saw('the kept value', 2 * x.values[0]!, value)];
  }),
];

const disposals: readonly ConformanceCase[] = [
  memoryCase('dispose/one tensor, several, and none', ['dispose', 'add'], [x], (ops, tensors, a) => {
    const before = tensors();
    ops.dispose(ops.add(a, a));
    ops.dispose([ops.add(a, a), ops.add(a, a)]);
    ops.dispose([]);
    return [saw('tensors', before, tensors())];
  }),
  memoryCase('dispose/twice is harmless', ['add'], [x], async (ops, tensors, a) => {
    const before = tensors();
    const sum = ops.add(a, a);
    sum.dispose();
    sum.dispose();
    return [saw('tensors', before, tensors()), saw('another tensor', x.values[0]!, await first(a))];
  }),
  memoryCase(
    'dispose/a view outlives its original, disposed twice',
    ['reshape', 'add'],
    [x],
    async (ops, tensors, a) => {
      const before = tensors();
      const original = ops.add(a, a);
      const view = ops.reshape(original, [15]);
      original.dispose();
      original.dispose();
      const value = await first(view);
      view.dispose();
      return [saw('the view', 2 * x.values[0]!, value), saw('tensors', before, tensors())];
    },
  ),
  memoryCase('dispose/using a disposed tensor is an error', ['add'], [x], async (ops, _tensors, a) => {
    const sum = ops.add(a, a);
    sum.dispose();
    const refused = await sum.data().then(
      () => 0,
      () => 1,
    );
    return [saw('readings refused', 1, refused)];
  }),
];

const variables: readonly ConformanceCase[] = [
  memoryCase('variable/untouched by tidy', ['tidy', 'variable', 'mul'], [x], async (ops, tensors, a) => {
    const before = tensors();
    const variable = ops.tidy(() => {
      const made = ops.variable(ops.mul(a, a), { name: 'conformance.memory' });
      return () => made;
    })();
    const after = tensors();
    const value = await first(variable);
    variable.dispose();
    return [
      saw('tensors after tidy', before + 1, after),
      saw('its value', Math.fround(x.values[0]! * x.values[0]!), Math.fround(value)),
      saw('tensors after dispose', before, tensors()),
    ];
  }),
  memoryCase('variable/disposed twice, while its value is shared', ['variable'], [x], async (ops, tensors, a) => {
    const before = tensors();
    const variable = ops.variable(a, { name: 'conformance.memory' });
    variable.dispose();
    variable.dispose();
    return [saw('the initial tensor', x.values[0]!, await first(a)), saw('tensors', before, tensors())];
  }),
  memoryCase('variable/assign keeps the count', ['variable', 'add'], [x], async (ops, tensors, a) => {
    const variable = ops.variable(a, { name: 'conformance.memory' });
    const before = tensors();
    for (let update = 0; update < 5; update++) {
      const next = ops.add(variable, a);
      variable.assign(next);
      next.dispose();
    }
    const after = tensors();
    const value = await first(variable);
    variable.dispose();
    const sum = Array.from({ length: 5 }).reduce<number>((total) => Math.fround(total + x.values[0]!), x.values[0]!);
    return [saw('tensors after five assigns', before, after), saw('its value', sum, Math.fround(value))];
  }),
  memoryCase('variable/assign inside tidy survives it', ['tidy', 'variable', 'add'], [x], async (ops, tensors, a) => {
    const variable = ops.variable(a, { name: 'conformance.memory' });
    const before = tensors();
    ops.tidy(() => variable.assign(ops.add(variable, a)));
    const after = tensors();
    const value = await first(variable);
    variable.dispose();
    return [saw('tensors after tidy', before, after), saw('its value', 2 * x.values[0]!, value)];
  }),
  memoryCase('variable/a name is free again after dispose', ['variable'], [x], (ops, _tensors, a) => {
    ops.variable(a, { name: 'conformance.memory' }).dispose();
    ops.variable(a, { name: 'conformance.memory' }).dispose();
    return [];
  }),
];

const training: readonly ConformanceCase[] = [
  memoryCase(
    'variableGrads/leaves the value and one gradient for each variable',
    ['variable', 'variableGrads', 'dense', 'maxPool1d', 'recompute', 'softplus', 'logGamma', 'exp', 'sum'],
    [x, uniform([3, 3], 601), uniform([3], 602)],
    (ops, tensors, a, b, c) => {
      const [w, bias] = [ops.variable(b, { name: 'conformance.w' }), ops.variable(c, { name: 'conformance.b' })];
      const counts = Array.from({ length: 3 }, () => {
        const before = tensors();
        const { value, grads } = ops.variableGrads(() => {
          const hidden = ops.dense(ops.maxPool1d(a, { kernelSize: 2 }), w, bias, 'tanh');
          const again = ops.recompute((y) => ops.softplus(y))(ops.dense(hidden, w, bias, 'selu'));
          return ops.sum(ops.logGamma(ops.exp(again)));
        }, [w, bias]);
        const made = tensors() - before;
        for (const tensor of [value, ...Object.values(grads)]) tensor.dispose();
        return made;
      });
      w.dispose();
      bias.dispose();
      return counts.map((count, i) => saw(`tensors that call ${i} made`, 3, count));
    },
  ),
  memoryCase(
    'variableGrads/a loss that throws leaves nothing',
    ['variable', 'variableGrads', 'mul', 'exp'],
    [x],
    (ops, tensors, a) => {
      const variable = ops.variable(a, { name: 'conformance.x' });
      const before = tensors();
      let thrown = 0;
      try {
        ops.variableGrads(() => {
          ops.mul(ops.exp(variable), variable);
          throw new Error('on purpose');
        }, [variable]);
      } catch {
        thrown = 1;
      }
      const after = tensors();
      variable.dispose();
      return [saw('errors passed on', 1, thrown), saw('tensors afterwards', before, after)];
    },
  ),
  memoryCase(
    'variableGrads/frozen weights leave nothing',
    ['variable', 'variableGrads', 'dense', 'sum'],
    [x, uniform([5, 4], 603), given([1, 2, 3, 4])],
    (ops, tensors, a, w, b) => {
      const variable = ops.variable(a, { name: 'conformance.x' });
      const before = tensors();
      const { value, grads } = ops.variableGrads(() => ops.sum(ops.dense(variable, w, b, 'sigmoid')), [variable]);
      const made = tensors() - before;
      for (const tensor of [value, ...Object.values(grads), variable]) tensor.dispose();
      return [saw('tensors made', 2, made)];
    },
  ),
];

/** Living tensors through every kind of life. */
export const memoryCases: readonly ConformanceCase[] = [...scopes, ...disposals, ...variables, ...training];
