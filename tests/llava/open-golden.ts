import { readFileSync } from "node:fs"
import { clipVision } from "@llava/clip"
import { llama } from "@llava/llama"
import { type Llava, loadLlava } from "@llava/model"
import { mlpProjector } from "@llava/projector"
import { fixturePath, testDevice } from "#testing"

export const parts = [clipVision, mlpProjector, llama]

/** A drawn picture of the fixtures. */
export const picture = fixturePath("image-processor", "images", "drawn-333x217.png")
export const otherPicture = fixturePath("image-processor", "images", "drawn-120x401-alpha.png")

export interface GenerationRow {
  template: string
  image: string
  question: string
  new_ids: number[]
  text: string
}

/** The LLaVA whose answers the original code wrote down. */
export async function openGolden(template = "v1"): Promise<Llava> {
  return loadLlava(fixturePath("llava-original-mlp", "model"), { parts, template, device: await testDevice() })
}

export function generationRow(template: string, image: string): GenerationRow {
  const golden = JSON.parse(readFileSync(fixturePath("llava-original-mlp", "golden.json"), "utf8"))
  return golden.generation.find((row: GenerationRow) => row.template === template && row.image === image)
}
