import { cp, mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fixturePath } from "#testing"

const images = ["drawn-120x401-alpha.png", "drawn-333x217.png"]

/**
 * A folder with what a new LLaVA is made of: a language model of few words with a tokenizer of letters (`language-model`),
 * and captions of drawn pictures (`captions.jsonl`). Encoder and pictures are fixtures.
 */
export async function makeTrainingFolder(): Promise<{ folder: string; parts: string[]; data: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "llava-training-"))
  const languageModel = join(folder, "language-model")
  await cp(fixturePath("llama-mha/model"), languageModel, { recursive: true })
  for (const file of ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"]) {
    await cp(fixturePath("own-parts/siglip-llama", file), join(languageModel, file))
  }
  const samples = Array.from({ length: 9 }, (_, index) => ({
    id: `caption ${index}`,
    image: images[index % images.length],
    conversations: [
      { from: "human", value: "<image>\nWhat?" },
      { from: "gpt", value: `Line${" and line".repeat(index % 3)}.` },
    ],
  }))
  const captions = join(folder, "captions.jsonl")
  await writeFile(captions, samples.map((sample) => `${JSON.stringify(sample)}\n`).join(""))
  return {
    folder,
    parts: ["--encoder", fixturePath("clip-vision/model"), "--language-model", languageModel],
    data: ["--data", captions, "--images", fixturePath("image-processor/images")],
  }
}
