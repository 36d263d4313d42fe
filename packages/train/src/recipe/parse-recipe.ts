import { closest } from "fastest-levenshtein"
import { z } from "zod"
import { TrainError } from "../train-error.ts"
import { type Recipe, recipeSchema } from "./recipe-schema.ts"

/**
 * Checks a recipe and fills in what it leaves out.
 *
 * @param name of the file or preset, for the message
 * @throws TrainError "recipe-invalid" naming the key and, for an unknown one, the nearest that exists.
 */
export function parseRecipe(recipe: unknown, name = "The recipe"): Recipe {
  const result = recipeSchema.safeParse(recipe)
  if (!result.success) {
    const issue = result.error.issues[0]!
    const path = issue.path.map(String)
    const unknown = issue.code === "unrecognized_keys" ? issue.keys[0]! : undefined
    const key = [...path, ...(unknown === undefined ? [] : [unknown])].join(".")
    const what = unknown === undefined ? issue.message : "there is no such key"
    const nearest = unknown === undefined ? undefined : closest(unknown, keysAt(path))
    throw new TrainError(`${name}: ${key === "" ? "" : `${key}: `}${what}.`, {
      code: "recipe-invalid",
      ...(nearest !== undefined && { fix: `Did you mean ${[...path, nearest].join(".")}?` }),
    })
  }
  contradictions(result.data, name)
  return result.data
}

/** The keys that the schema knows at a place. */
function keysAt(path: readonly string[]): string[] {
  let at = z.toJSONSchema(recipeSchema, { io: "input" }) as Record<string, unknown>
  for (const step of path) {
    const properties = at["properties"] as Record<string, Record<string, unknown>> | undefined
    at = properties?.[step] ?? (at["items"] as Record<string, unknown>)
  }
  return Object.keys((at["properties"] as object | undefined) ?? {})
}

function contradictions(recipe: Recipe, name: string): void {
  const { batchSize, microBatchSize = batchSize, schedule, steps } = recipe
  const refuse = (key: string, what: string, fix: string) => {
    throw new TrainError(`${name}: ${key}: ${what}.`, { code: "recipe-invalid", fix })
  }
  if (batchSize % microBatchSize !== 0) {
    refuse("microBatchSize", `${microBatchSize} does not divide batchSize ${batchSize}`, "Use a divisor.")
  }
  if (steps !== undefined && (schedule.warmupSteps ?? 0) > steps) {
    refuse("schedule.warmupSteps", `${schedule.warmupSteps} exceed the ${steps} steps of the run`, "Use fewer.")
  }
  if (recipe.optimizer.kind === "sgd" && recipe.optimizer.state !== "f32") {
    refuse("optimizer.state", `${recipe.optimizer.state} is for the moments of adamw`, "Use f32 with sgd.")
  }
  if (recipe.train.length === 0 && !recipe.lora) {
    refuse("train", "nothing is trained", "Name parameters, such as projector, or add lora.")
  }
}
