import type { StandardSchema } from "../contract/standard-schema.ts"
import { ModelError } from "../model-error.ts"

/** A part's config by its own schema. Errors: "config-invalid", naming the file and the key. */
export async function parsePartConfig<Config>(
  schema: StandardSchema<Config>,
  value: unknown,
  file: string,
): Promise<Config> {
  const result = await schema["~standard"].validate(withoutNulls(value))
  if (!result.issues) return result.value
  const issue = result.issues[0]
  const path = (issue?.path ?? []).map((step) => String(typeof step === "object" ? step.key : step)).join(".")
  throw new ModelError(`${file}: ${path ? `${path}: ` : ""}${issue?.message ?? "it does not fit the format"}.`, {
    code: "config-invalid",
    fix: "Compare it with the model's source.",
  })
}

/** Hugging Face writes `null` for keys that have their defaults. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null && entry !== undefined))
}
