import { TrainError } from "../train-error.ts"

/**
 * A recipe with some keys set, before it is checked: dotted keys reach into it, numbers into its lists. A value is JSON;
 * what is none is text. Errors: TrainError "recipe-setting" for a setting without key or `=`, or a key below a value.
 */
export function setRecipeKeys(recipe: unknown, settings: readonly string[]): unknown {
  const copy: unknown = structuredClone(recipe)
  for (const setting of settings) {
    const [, key, text] = /^([^=]+)=(.*)$/s.exec(setting) ?? []
    if (key === undefined || text === undefined) {
      throw new TrainError(`The setting ${JSON.stringify(setting)} is no key=value.`, {
        code: "recipe-setting",
        fix: "Write for example learningRate=1e-4 or schedule.warmupSteps=10.",
      })
    }
    setKey(copy, key, value(text))
  }
  return copy
}

function setKey(recipe: unknown, key: string, wanted: unknown): void {
  const steps = key.split(".")
  let at = recipe
  for (const [index, step] of steps.entries()) {
    if (typeof at !== "object" || at === null || step === "__proto__") {
      const above = steps.slice(0, index).join(".")
      throw new TrainError(`${key}: ${above || "the recipe"} has no keys below it.`, { code: "recipe-setting" })
    }
    const holder = at as Record<string, unknown>
    if (index === steps.length - 1) holder[step] = wanted
    else holder[step] ??= {}
    at = holder[step]
  }
}

function value(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
