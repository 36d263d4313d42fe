import { ModelError } from "../model-error.ts"
import type { ModelFolder } from "./model-folder.ts"

/** A JSON object of a folder; undefined where the file is absent. Errors: "json-invalid". */
export async function readJson(folder: ModelFolder, file: string): Promise<Record<string, unknown> | undefined> {
  if (!folder.files.includes(file)) return undefined
  const text = new TextDecoder().decode(await folder.read(file))
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch (cause) {
    throw new ModelError(`${folder.name}/${file} is no JSON: ${cause instanceof Error ? cause.message : cause}.`, {
      code: "json-invalid",
      fix: "The file is damaged; get it again.",
      cause,
    })
  }
  throw new ModelError(`${folder.name}/${file} holds no JSON object.`, {
    code: "json-invalid",
    fix: "Compare it with the model's source.",
  })
}
