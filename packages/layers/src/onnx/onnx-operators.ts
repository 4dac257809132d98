/** The operators of opset 17 that files may use: what a runtime has to have. */
export const onnxOperators: readonly string[] = [
  ...['Abs', 'Add', 'Cast', 'Concat', 'Div', 'Equal', 'Exp', 'Expand', 'Gemm', 'Greater', 'GreaterOrEqual', 'Identity'],
  ...['LeakyRelu', 'Less', 'LessOrEqual', 'Log', 'MatMul', 'Max', 'Min', 'Mul', 'Not', 'Pad', 'ReduceMax', 'ReduceSum'],
  ...['Relu', 'Reshape', 'Selu', 'Shape', 'Sigmoid', 'Sign', 'Slice', 'Softplus', 'Sqrt', 'Sub', 'Tanh', 'Transpose'],
  'Where',
];
