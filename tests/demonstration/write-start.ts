/**
 * Writes what `tools/reference/train_demonstration.py` needs to repeat stage 1 of docs/training.md in PyTorch: the model
 * before its first step, as transformers reads it, the recipe, and the ids of the samples of every step.
 *
 *     node --conditions=@llava/source tests/demonstration/write-start.ts MODEL.gguf DATA.json OUTPUT
 */
import { mkdir, writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { composeModel } from "@llava/hub"
import { saveLlava } from "@llava/model"
import { readDataset } from "@llava/train"
import { batchesOf } from "./batches-of.ts"
import { demonstrationRecipe } from "./recipe.ts"

const [languageModel, data, output] = process.argv.slice(2)
if (languageModel === undefined || data === undefined || output === undefined) {
  throw new Error("Give a language model, a file of captions and a folder to write to.")
}
const encoder = fileURLToPath(new URL("encoder.json", import.meta.url))
const { seed } = demonstrationRecipe
await using model = await composeModel({ encoder, languageModel, seed, dtype: "unquantised" })
await mkdir(output, { recursive: true })
await saveLlava(model, `${output}/model`)
const dataset = await readDataset(data, { images: "." })
const batches = await batchesOf(dataset, demonstrationRecipe)
await writeFile(`${output}/recipe.json`, `${JSON.stringify(demonstrationRecipe, undefined, 1)}\n`)
await writeFile(`${output}/batches.json`, `${JSON.stringify(batches)}\n`)
