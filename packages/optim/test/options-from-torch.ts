/** torch.optim's option names → ours, where they differ by more than camel case. */
const names: Readonly<Record<string, string>> = { lr: 'learningRate', lr_decay: 'learningRateDecay' };

/** Options that the PyTorch class has and our recipe spells otherwise: AdamW is Adam with this set. */
const impliedBy: Readonly<Record<string, readonly string[]>> = {
  adam: ['decoupled_weight_decay'],
  adamw: ['decoupled_weight_decay'],
};

export function optionsFromTorch(family: string, options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const translated: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(options)) {
    if (impliedBy[family]?.includes(key)) continue;
    if (key === 'betas') [translated['beta1'], translated['beta2']] = value as [number, number];
    else translated[names[key] ?? key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())] = value;
  }
  return translated;
}
