import { readFileSync } from "node:fs"
import { z } from "zod"
import { fixturePath } from "#testing"

const goldenSchema = z.object({
  generation: z.array(
    z.object({
      template: z.string(),
      image: z.string(),
      question: z.string(),
      prompt_ids: z.array(z.int()),
      new_ids: z.array(z.int()),
      text: z.string(),
    }),
  ),
})

/** The small LLaVA of the fixtures, and what the original code answers with it (end of sequence ignored, 20 tokens). */
export const originalLlava = {
  folder: fixturePath("llava-original-mlp/model"),
  options: ["--ignore-eos", "--max-new-tokens", "20", "--temperature", "0"],
  answers: goldenSchema.parse(JSON.parse(readFileSync(fixturePath("llava-original-mlp/golden.json"), "utf8")))
    .generation,
}
