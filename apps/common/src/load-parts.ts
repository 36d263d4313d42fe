import { existsSync } from "node:fs"
import { registerHooks } from "node:module"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { Part } from "@llava/model"
import { AppError } from "./app-error.ts"
import { partsOfModule } from "./parts-of-module.ts"

/**
 * Imports the user's parts, from ES modules by path. They share this program's copy of our packages, wherever they
 * lie: a part in a lone file needs nothing installed. Errors: AppError "part-module".
 */
export async function loadParts(modules: readonly string[], folder: string): Promise<Part[]> {
  if (modules.length > 0) sharePackages()
  const parts: Part[] = []
  for (const name of modules) {
    const path = resolve(folder, name)
    if (!existsSync(path)) {
      throw new AppError(`--part ${name}: there is no file ${path}.`, {
        code: "part-module",
        fix: "Give the path of an ES module.",
      })
    }
    parts.push(...partsOfModule(name, await importModule(name, path)))
  }
  return parts
}

async function importModule(name: string, path: string): Promise<object> {
  try {
    return await import(pathToFileURL(path).href)
  } catch (cause) {
    throw new AppError(`--part ${name} cannot be imported: ${cause instanceof Error ? cause.message : cause}.`, {
      code: "part-module",
      fix: 'It has to be an ES module (.mjs, .mts, or .js beside a package.json with "type": "module").',
      cause,
    })
  }
}

/** Our packages are found from where @llava/hub lies, which depends on all of them. */
function sharePackages(): void {
  const hub = import.meta.resolve("@llava/hub")
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, specifier.startsWith("@llava/") ? { ...context, parentURL: hub } : context),
  })
}
