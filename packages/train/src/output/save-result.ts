import { writeSafetensors } from "@llava/checkpoint"
import { type Llava, saveAdapter, saveLlava } from "@llava/model"
import { listFolder } from "#platform/list-folder"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { asTrained } from "./as-trained.ts"
import { projectorTensors } from "./projector-tensors.ts"

/**
 * What a finished run leaves: `OUTPUT/model`, with adapters merged; after LoRA these also by themselves, with what else
 * was trained, in `OUTPUT/adapter`; after training the projector alone `OUTPUT/mm_projector.safetensors`. A model trained
 * on conversations states their template; captions leave the model its own. What is there already stays.
 */
export async function saveResult(
  output: string,
  model: Llava,
  recipe: Recipe,
  trained: readonly (readonly [path: string, unknown])[],
): Promise<void> {
  const folder = `${output}/model`
  // config.json is written last.
  if ((await listFolder(folder)).includes("config.json")) return
  if (model.projector && trained.every(([path]) => path.startsWith("projector."))) {
    await writeSafetensors(`${output}/mm_projector.safetensors`, projectorTensors(model.projector))
  }
  if (recipe.lora)
    await saveAdapter(model, `${output}/adapter`, {
      weights: recipe.train.map((entry) => (typeof entry === "string" ? entry : entry.match)),
    })
  await saveLlava(recipe.template === "plain" ? model : asTrained(model, recipe), folder)
}
