import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** What answers depend on besides the model: our packages and Node. */
export function versions(): Record<string, string> {
  const ours = ["@llava/eval", "@llava/model", "@llava/tensor"].map((name) => {
    const file = fileURLToPath(import.meta.resolve(`${name}/package.json`))
    return [name, String(JSON.parse(readFileSync(file, "utf8")).version)] as const
  })
  return { ...Object.fromEntries(ours), node: process.version }
}
