import { generationConfigSchema, parseConfig, type Tokenizer } from "@llava/core"
import type { Manifest } from "./manifest.ts"
import type { ModelFolder } from "./model-folder.ts"
import { readJson } from "./read-json.ts"

/** Ids that end an answer: of generation_config.json, else config.json, else the tokenizer's end-of-sequence. */
export async function endTokenIds(folder: ModelFolder, manifest: Manifest, tokenizer: Tokenizer): Promise<number[]> {
  const generation = await readJson(folder, "generation_config.json")
  const sources = [
    [generation, `${folder.name}/generation_config.json`],
    [manifest.language, manifest.file],
  ] as const
  for (const [config, file] of sources) {
    if (!config) continue
    const ids = parseConfig(generationConfigSchema, { eos_token_id: config["eos_token_id"] ?? [] }, file).eos_token_id
    if (ids.length > 0) return ids
  }
  return tokenizer.eosTokenId === undefined ? [] : [tokenizer.eosTokenId]
}
