import { existsSync } from "node:fs"
import { join } from "node:path"
import { DatagenError } from "../datagen-error.ts"
import type { Kind } from "./kind.ts"
import { promptsFolder } from "./prompts-folder.ts"
import { readKind } from "./read-kind.ts"

export const defaultKinds = ["conversation", "detail", "complex"]

/**
 * Kinds by name or folder, each with a share of its own where it is given: `conversation`, `complex=2`, `my/kind=1`. A
 * name is a kind of the package, unless there is a folder of this path.
 *
 * @throws DatagenError `kind-repeated`, `share-invalid`; errors of `readKind`.
 */
export async function readKinds(names: readonly string[]): Promise<Kind[]> {
  const kinds = new Map<string, Kind>()
  for (const given of names) {
    const [path = "", share] = given.split("=")
    const bundled = join(promptsFolder(), path)
    const isBundled = /^[\w-]+$/.test(path) && existsSync(bundled) && !existsSync(join(path, "system.txt"))
    const kind = await readKind(isBundled ? bundled : path)
    const weight = share === undefined ? kind.share : Number(share)
    if (!(weight > 0 && Number.isFinite(weight))) {
      throw new DatagenError(`The share of ${path} is ${share}.`, {
        code: "share-invalid",
        fix: "It is a number above 0, as in conversation=58.",
      })
    }
    if (kinds.has(kind.name)) {
      throw new DatagenError(`The kind ${kind.name} is given twice.`, {
        code: "kind-repeated",
        fix: "Give each kind once; its share may be larger.",
      })
    }
    kinds.set(kind.name, { ...kind, share: weight })
  }
  return [...kinds.values()]
}
