import { readFileSync } from "node:fs"
import { parseSync } from "oxc-parser"

export interface Import {
  specifier: string
  /** Whether only types come in: nothing of it is left at run time. */
  typeOnly: boolean
}

/** Every import, re-export and dynamic import with a constant name in a source file. */
export function findImports(file: string, source = readFileSync(file, "utf8")): Import[] {
  const { module, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const imports: Import[] = []
  for (const { moduleRequest, entries } of module.staticImports) {
    const typeOnly = entries.length > 0 && entries.every((entry) => entry.isType)
    imports.push({ specifier: moduleRequest.value, typeOnly })
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) {
      if (moduleRequest !== null) imports.push({ specifier: moduleRequest.value, typeOnly: isType })
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const constant = /^(["'`])([^$]*)\1$/s.exec(source.slice(moduleRequest.start, moduleRequest.end))
    if (constant?.[2] !== undefined) imports.push({ specifier: constant[2], typeOnly: false })
  }
  return imports
}
