import type { Part } from "@llava/model"
import { AppError } from "./app-error.ts"

const kinds: ReadonlySet<unknown> = new Set<Part["kind"]>(["vision-encoder", "projector", "language-model"])

/** The default export of an imported module as parts. Errors: AppError "part-module" where it is none. */
export function partsOfModule(name: string, module: object): Part[] {
  const exported: unknown = "default" in module ? module.default : undefined
  const parts: readonly unknown[] = Array.isArray(exported) ? exported : [exported]
  if (parts.length > 0 && parts.every(isPart)) return [...parts]
  throw new AppError(`--part ${name}: the default export is no part, nor an array of parts.`, {
    code: "part-module",
    fix: "Export what definePart of @llava/model makes: `export default definePart({ kind, modelType, configSchema, build })`.",
  })
}

function isPart(value: unknown): value is Part {
  if (typeof value !== "object" || value === null) return false
  if (!("kind" in value && kinds.has(value.kind) && "build" in value && typeof value.build === "function")) return false
  const named = "modelType" in value && (typeof value.modelType === "string" || value.modelType instanceof RegExp)
  return named && "configSchema" in value && isSchema(value.configSchema)
}

function isSchema(value: unknown): boolean {
  return value !== null && (typeof value === "object" || typeof value === "function") && "~standard" in value
}
