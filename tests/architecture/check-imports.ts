import { isBuiltin } from "node:module"
import { relative } from "node:path"
import { arrows } from "./arrows.ts"
import { findImports, type Import } from "./find-imports.ts"
import { isNodeOnly, isShipped, type Member, repository } from "./workspace.ts"

/** Ways in which a package's imports break the house's rules, as sentences. Apps may import every package. */
export function checkImports(member: Member, kind: "package" | "app", read = findImports): string[] {
  const found: string[] = []
  for (const file of member.sources) {
    for (const entry of read(file)) {
      const problem = problemOf(entry, file, member, kind)
      if (problem !== undefined) found.push(`${relative(repository, file)} ${problem}`)
    }
  }
  return found
}

function problemOf({ specifier }: Import, file: string, member: Member, kind: "package" | "app"): string | undefined {
  if (specifier.startsWith(".") || specifier.startsWith("#")) return undefined
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/")
  const ours = /^@llava\/(.*)$/.exec(name)?.[1]
  if (ours !== undefined && kind === "package" && ours !== member.name && !arrows[member.name]?.includes(ours)) {
    return `imports ${name}, which @llava/${member.name} may not`
  }
  if (!isShipped(file)) return undefined
  const { dependencies, peerDependencies } = member.manifest
  if (isBuiltin(specifier)) {
    const platform = kind === "app" || isNodeOnly(member) || /\.node\.ts$/.test(file)
    return platform ? undefined : `imports ${specifier} outside src/platform/*.node.ts`
  }
  const declared = name in (dependencies ?? {}) || name in (peerDependencies ?? {})
  return declared ? undefined : `imports ${name}, which its package.json does not declare`
}
