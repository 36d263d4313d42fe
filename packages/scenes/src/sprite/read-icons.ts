import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { z } from "zod"
import { ScenesError } from "../scenes-error.ts"

const iconsSchema = z.object({ icons: z.record(z.string(), z.object({ body: z.string() })) })
const packageSchema = z.object({ version: z.string() })

/** Version of the emoji: part of the names of cached files. */
export async function iconsVersion(): Promise<string> {
  return packageSchema.parse(await readJson("@iconify-json/noto/package.json")).version
}

/**
 * The emoji as SVG documents, by name. The file is read anew each time (25 MB): keep the pictures, not this.
 *
 * @throws ScenesError `icons-missing`
 */
export async function readIcons(names: readonly string[]): Promise<Map<string, string>> {
  const { icons } = iconsSchema.parse(await readJson("@iconify-json/noto/icons.json"))
  return new Map(
    names.map((name) => {
      const icon = icons[name]
      if (!icon) throw missing(`The emoji ${JSON.stringify(name)} is not among Noto's.`)
      return [name, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128">${icon.body}</svg>`]
    }),
  )
}

async function readJson(module: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(createRequire(import.meta.url).resolve(module), "utf8"))
  } catch (cause) {
    throw missing(`${module} cannot be read.`, cause)
  }
}

function missing(message: string, cause?: unknown): ScenesError {
  return new ScenesError(message, { code: "icons-missing", fix: "Install @iconify-json/noto again.", cause })
}
