const automatic =
  'backpropagateGradients|customGradient|gradients|higher-order gradients|valueAndGradients|tensor grad';
const state = 'memory|tensor.data|tidy|variable';
const optimizers = 'optimizer|\\w+Optimizer';
const elementwise =
  'abs|add|addN|clipByValue|div|elu|exp|expm1|leakyrelu|log|log1p|maximum|minimum|mul|neg|pow|prelu|relu|selu|sigmoid|' +
  'softplus|sqrt|square|squaredDifference|step kernel|sub|tanh|where|greater|greaterEqual|less|lessEqual';
const shapes =
  'broadcastTo|concat1d|concat2d|expandDims|fill|gather|oneHot|onesLike|pad|reverse|slice|slice1d|slice2d|split|squeeze|' +
  'stack|tile|transpose|unstack|unsortedSegmentSum|zerosLike';
const sums = 'logSoftmax|max|mean|min|moments|norm|softmax|sum';
const layers =
  'avgPool|batchNorm2D|conv1d|conv2d|dot|dropout|fused matmul|matmul|matmulBatch|maxPool|maxPoolBackprop|poolBackprop';
const losses = 'absoluteDifference|huberLoss|meanSquaredError';

/** Groups of tfjs-core's specs about what training a network uses. */
export const trainingOperations: RegExp = new RegExp(
  `^(${[automatic, state, optimizers, elementwise, shapes, sums, layers, losses].join('|')}) `,
);
