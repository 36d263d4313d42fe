import { OpenModelError } from "../open-model-error.ts"

const metadata = /^[^/]+\.(json|jinja|txt|model)$|^(bpe_simple_vocab_16e6\.txt\.gz|image_domain\.safetensors)$/
const otherFrameworks = /^(flax|tf|rust|onnx|consolidated)|\.(h5|msgpack|ot|onnx)/

/** Configuration and tokenizer: what is fetched before it is known which weights are wanted. */
export function isMetadataFile(path: string): boolean {
  return metadata.test(path) && !otherFrameworks.test(path)
}

/**
 * The weights among a repository's files: safetensors, else torch files, else the one GGUF; of those at its root.
 * Errors: "no-weights", "several-ggufs".
 */
export function chooseWeightFiles(repo: string, paths: readonly string[]): string[] {
  const root = paths.filter((path) => !path.includes("/"))
  for (const pattern of [/^model.*\.safetensors$/, /^pytorch_model.*\.bin$/, /^mm_projector\.(safetensors|bin)$/]) {
    const found = root.filter((path) => pattern.test(path))
    const whole = found.filter((path) => !/-of-\d+\./.test(path))
    if (whole.length > 0) return whole.slice(0, 1)
    if (found.length > 0) return found
  }
  // An adapter, and what the original LLaVA trains beside it.
  const adapter = /^adapter_model\.(safetensors|bin)$/
  const [factors] = root.filter((path) => adapter.test(path)).sort((a, b) => (a < b ? 1 : -1))
  if (factors !== undefined) return [factors, ...root.filter((path) => path === "non_lora_trainables.bin")]
  const ggufs = root.filter((path) => /\.gguf$/i.test(path) && !/mmproj/i.test(path))
  if (ggufs.length === 1) return [...ggufs, ...root.filter((path) => /mmproj.*\.gguf$/i.test(path)).slice(0, 1)]
  if (ggufs.length > 1) {
    throw new OpenModelError(`${repo} has several GGUF files: ${ggufs.join(", ")}.`, {
      code: "several-ggufs",
      fix: `Name one of them: ${repo}/${ggufs[0]}.`,
    })
  }
  throw new OpenModelError(`${repo} has no weights that can be read.`, {
    code: "no-weights",
    fix: "Known are safetensors, pytorch_model.bin and GGUF files.",
  })
}
