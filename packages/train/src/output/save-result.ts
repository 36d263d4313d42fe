import { writeSafetensors } from "@llava/checkpoint"
import { type Llava, saveAdapter, saveLlava } from "@llava/model"
import type { Parameter } from "@llava/tensor"
import { listFolder } from "#platform/list-folder"
import type { Recipe } from "../recipe/recipe-schema.ts"
import { asTrained } from "./as-trained.ts"
import { projectorTensors } from "./projector-tensors.ts"
import { wholeTensor } from "./whole-tensor.ts"

/**
 * What a finished run leaves: `OUTPUT/model`, with adapters merged; after LoRA these also by themselves, with what else
 * was trained, in `OUTPUT/adapter`; after training the projector alone `OUTPUT/mm_projector.safetensors`, and in it, where
 * some of its rows learned with the projector, the table of embeddings (as the original's `train.py` does). A model
 * trained on conversations states their template; captions leave the model its own. What is there already stays.
 */
export async function saveResult(
  output: string,
  model: Llava,
  recipe: Recipe,
  trained: readonly (readonly [path: string, parameter: Parameter])[],
): Promise<void> {
  const folder = `${output}/model`
  // config.json is written last.
  if ((await listFolder(folder)).includes("config.json")) return
  const others = trained.filter(([path]) => !path.startsWith("projector."))
  if (
    model.projector &&
    others.every(([path, { trainedRows }]) => trainedRows && /\bembed_tokens\.weight$/.test(path))
  ) {
    const tables = others.map(([, parameter]) => wholeTensor("model.embed_tokens.weight", parameter))
    await writeSafetensors(`${output}/mm_projector.safetensors`, [...projectorTensors(model.projector), ...tables])
  }
  if (recipe.lora)
    await saveAdapter(model, `${output}/adapter`, {
      weights: recipe.train.map((entry) => (typeof entry === "string" ? entry : entry.match)),
    })
  await saveLlava(recipe.template === "plain" ? model : asTrained(model, recipe), folder)
}
