import { cp, mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { byteToCharacter } from "@llava/core"
import { fixturePath } from "#testing"

/** A folder with a small language model without an image encoder, and a tokenizer of single bytes. */
export async function textModelFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "llava-text-model-"))
  await cp(fixturePath("llama-mha/model"), folder, { recursive: true })
  const byteLevel = { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false }
  const tokenizer = {
    version: "1.0",
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: "BPE",
      vocab: Object.fromEntries(Array.from(byteToCharacter, (character, byte) => [character, byte])),
      merges: [],
    },
  }
  await writeFile(join(folder, "tokenizer.json"), JSON.stringify(tokenizer))
  return folder
}
