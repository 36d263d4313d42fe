/**
 * The original names layers by their place in a Sequential (0, 2, 4 with activations between them), or not at all for
 * a single linear layer; Hugging Face by number from 1.
 */
export function projectorKeys(name: string): string | undefined {
  const sequential = /^(\d+)\.(weight|bias)$/.exec(name)
  if (sequential) return `linear_${Number(sequential[1]) / 2 + 1}.${sequential[2]}`
  return /^(weight|bias)$/.test(name) ? `linear_1.${name}` : name
}
