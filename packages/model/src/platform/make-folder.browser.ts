import { ModelError } from "../model-error.ts"

/** Browsers have no folders to write to. */
export async function makeFolder(path: string): Promise<void> {
  throw new ModelError(`${path} cannot be made: a browser has no folders.`, {
    code: "unsupported-platform",
    fix: "Save models in Node.",
  })
}
