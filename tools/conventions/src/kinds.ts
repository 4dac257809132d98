/** What must be found for each member of a kind, or why it need not be there. */
export interface Evidence {
  /** what to add, as a contributor is told it */
  readonly what: string;
  /**
   * Where, relative to the root; NAME stands for the member's name. When NAME is in it, such a file must be there; else
   * a file there must use the name in its code, not only import it.
   */
  readonly where: string;
  /** what the doc comment of the member must hold, in a file there that declares it */
  readonly comment?: 'formula' | 'example';
  /** member → why it has none */
  readonly without?: Readonly<Record<string, string>>;
}

/** One of the things that people add: what its members are, and what each must have. */
export interface Kind {
  readonly kind: string;
  /**
   * Its members: files (the name is the file's, in camelCase) or values that files export. `named` is a pattern of the
   * names that count.
   */
  readonly members: { readonly files: string } | { readonly exportsOf: string; readonly named?: string };
  /** file or export → what it is instead of a member */
  readonly others?: Readonly<Record<string, string>>;
  readonly evidence: readonly Evidence[];
}

const wrapper = 'makes a schedule of schedules';
const closedForm = 'PyTorch has none; its closed form is compared in the laws';
const composed = 'composed of others, which have golden files; its joints are compared in the laws';

const said = (where: string): Evidence[] => [
  { what: 'its formula, an indented block of its doc comment', where, comment: 'formula' },
  { what: 'an example, a block ```ts of its doc comment', where, comment: 'example' },
];

/** The one table of what an addition consists of. Paths are regular expressions; a place that is gone is a fault too. */
export const kinds: readonly Kind[] = [
  {
    kind: 'optimizer',
    members: { files: 'packages/optim/src/recipes/.*\\.ts' },
    others: { recipe: 'what recipes are made with', decayParts: 'a part of several recipes' },
    evidence: [
      ...said('packages/optim/src/recipes/.*\\.ts'),
      { what: 'an export', where: 'packages/optim/src/index\\.ts' },
      { what: 'a golden trajectory', where: 'packages/optim/test/golden/(?:optim|second)_NAME\\.json' },
      { what: 'a comparison with it', where: 'packages/optim/test/golden\\.test\\.ts' },
      { what: 'a row of the laws', where: 'packages/optim/test/recipe-table\\.ts' },
      { what: 'a row of the walk over its options', where: 'packages/optim/test/walk\\.test\\.ts' },
      { what: 'a mention', where: 'packages/optim/README\\.md' },
      {
        what: 'an entry of the catalogue',
        where: 'packages/forecast/src/(?:.*/)?optimizers\\.ts',
        without: { lookahead: 'wraps another recipe; the catalogue names one by a word' },
      },
    ],
  },
  {
    kind: 'schedule',
    members: { files: 'packages/schedulers/src/[\\w-]+\\.ts' },
    others: {
      perEpoch: 'turns the unit of a schedule',
      sample: 'lists the values of a schedule',
      define: 'what schedules are made with',
      satisfies: 'a part of define',
      halfCosine: 'a part of several schedules',
      schedule: 'the type of all',
      schedulerError: 'what they throw',
      index: 'the exports',
    },
    evidence: [
      { what: 'an export', where: 'packages/schedulers/src/(?:index|one-cycle|reduce-on-plateau)\\.ts' },
      { what: 'a row of wrong options', where: 'packages/schedulers/test/(?:options|plateau)\\.test\\.ts' },
      ...said('packages/schedulers/src/.*\\.ts'),
      {
        what: 'a comparison with a golden file, or with the recursion that defines it',
        where: 'packages/schedulers/test/(?:golden|recursion)\\.test\\.ts',
        without: {
          constant: 'there is nothing to compute',
          inverseSquareRoot: closedForm,
          warmup: composed,
          warmupStableDecay: composed,
        },
      },
      { what: 'a row of the laws', where: 'packages/schedulers/test/laws\\.test\\.ts' },
      { what: 'a mention', where: 'packages/schedulers/README\\.md' },
      {
        what: 'an entry of the catalogue',
        where: 'packages/forecast/src/(?:.*/)?schedules\\.ts',
        without: { sequence: wrapper },
      },
    ],
  },
  {
    kind: 'loss',
    members: { exportsOf: 'packages/trainer/src/losses/index\\.ts' },
    evidence: [
      ...said('packages/trainer/src/losses/.*\\.ts'),
      {
        what: 'a comparison with neuralforecast or a value by hand',
        where: 'packages/trainer/test/losses\\.test\\.ts',
      },
      {
        what: 'a comparison of its gradient with central differences',
        where: 'packages/trainer/test/loss-gradients\\.test\\.ts',
        without: {
          mse: 'linear in the error, which the others contain',
          mase: 'mae, divided by a constant of the window',
          quantileLoss: 'multiQuantileLoss of one',
        },
      },
      { what: 'a mention', where: 'packages/trainer/README\\.md' },
      {
        what: 'an entry of the catalogue',
        where: 'packages/forecast/src/heads/.*\\.ts',
        without: {
          mape: 'in percent, which scaled values near 0 have none of',
          smape: 'in percent, which scaled values near 0 have none of',
          mase: 'needs the history of each window, which a scaler of windows does for all losses',
          quantileLoss: 'multiQuantileLoss of one',
        },
      },
    ],
  },
  {
    kind: 'metric',
    members: { exportsOf: 'packages/forecast/src/metrics/index\\.ts', named: '[a-z].*' },
    evidence: [
      {
        what: 'a comparison, or an entry of the catalogue, all of which one test compares with numpy',
        where: 'packages/forecast/(?:test/.*metrics.*\\.test|src/metrics/metric-catalogue)\\.ts',
      },
      { what: 'a mention', where: 'packages/forecast/README\\.md' },
    ],
  },
  {
    kind: 'reader',
    members: { exportsOf: 'packages/data/src/(?:[\\w-]+/)?index\\.ts', named: 'read[A-Z].*' },
    evidence: [
      { what: 'a test', where: 'packages/data/test/.*\\.test\\.ts' },
      { what: 'a mention', where: 'packages/data/README\\.md' },
    ],
  },
  {
    kind: 'engine',
    members: { files: 'packages/backend-[\\w-]+/package\\.json' },
    evidence: [
      { what: 'a run of the conformance suite', where: 'packages/NAME/test/.*(?:conformance|engine|node|browser).*' },
      { what: 'its arrows', where: 'tools/conventions/src/allowed-arrows\\.ts' },
      { what: 'a name for --backend', where: 'apps/cli/src/create-engine\\.ts' },
      { what: 'a row among the packages', where: 'README\\.md' },
      { what: 'a place in the architecture', where: 'ARCHITECTURE\\.md' },
    ],
  },
  {
    kind: 'model',
    members: { files: 'packages/forecast/src/models/(?!model-factory)[\\w-]+-factory\\.ts' },
    evidence: [
      { what: 'a line among the networks', where: 'packages/forecast/src/models/model-factories\\.ts' },
      { what: 'a row of what all networks do', where: 'packages/forecast/test/models\\.test\\.ts' },
      { what: 'its arrows', where: 'tools/conventions/src/allowed-arrows\\.ts' },
      { what: 'a golden forward pass', where: 'packages/NAME/test/golden/.*\\.json' },
      { what: 'a place in the architecture', where: 'ARCHITECTURE\\.md' },
      { what: 'a page of its package', where: 'packages/NAME/README\\.md' },
      { what: 'a row among the packages', where: 'README\\.md' },
    ],
  },
];
