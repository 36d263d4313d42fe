import { readFile } from "node:fs/promises"
import { AppError } from "@llava/app-common"
import { parseRecipe, publishedRecipes, type Recipe, setRecipeKeys } from "@llava/train"
import type { TrainerOptions } from "../command-line/trainer-options.ts"

/**
 * The recipe that the command line names, with what it sets. A template on the command line is the model's; the recipe
 * trains it too, unless it trains captions. Errors: AppError "recipe-missing", "recipe-file"; TrainError "recipe-invalid",
 * "recipe-setting".
 */
export async function chooseRecipe({
  recipe: name,
  set,
  template,
  skipBad,
}: Pick<TrainerOptions, "recipe" | "set" | "template" | "skipBad">): Promise<Recipe> {
  const recipe = parseRecipe(setRecipeKeys(publishedRecipes[name]?.() ?? (await readRecipe(name)), set), name)
  const isCaptions = recipe.template === "plain"
  return {
    ...recipe,
    ...(template !== undefined && !isCaptions && { template }),
    ...(skipBad && { skipBad }),
  }
}

async function readRecipe(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new AppError(`There is no recipe '${file}': no published one, and the file cannot be read (${cause.code}).`, {
      code: "recipe-missing",
      fix: `Published are: ${Object.keys(publishedRecipes).join(", ")}.`,
      cause,
    })
  })
  try {
    const value: unknown = JSON.parse(text)
    // The recipe.json of a run has it beside what else makes the run.
    const isRun = typeof value === "object" && value !== null && "recipe" in value && "data" in value
    return isRun ? value.recipe : value
  } catch (cause) {
    throw new AppError(`${file} is not JSON: ${cause instanceof Error ? cause.message : cause}.`, {
      code: "recipe-file",
      fix: "docs/training.md shows one.",
      cause,
    })
  }
}
