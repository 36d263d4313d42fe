/** Names that say nothing without the folder above: what a training run leaves. */
const vague = /^(model|checkpoint.*|step-\d+|adapter)$/

/** A model's name for people, from its path: the last part, or two where the last says little. */
export function modelIdOf(path: string): string {
  const parts = path
    .replace(/\.gguf$/, "")
    .split(/[/\\]/)
    .filter((part) => part !== "" && part !== ".")
  const last = parts.at(-1) ?? path
  return vague.test(last) && parts.length > 1 ? parts.slice(-2).join("/") : last
}
