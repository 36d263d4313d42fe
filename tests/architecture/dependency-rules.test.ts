import { describe, expect, test } from "vitest"
import { arrows } from "./arrows.ts"
import { checkImports } from "./check-imports.ts"
import { findImports } from "./find-imports.ts"
import { type Member, members } from "./workspace.ts"

describe("the direction of imports", () => {
  test.each(members("packages"))("packages/$name", (member) => {
    expect(arrows, "a new package needs a line in arrows.ts").toHaveProperty(member.name)
    // nano is weights alone.
    expect(member.sources.length > 0).toBe(member.name !== "nano")
    expect(checkImports(member, "package")).toEqual([])
  })

  test.each(members("apps"))("apps/$name", (member) => {
    expect(checkImports(member, "app")).toEqual([])
  })

  test("what a package declares of ours is what its arrows allow", () => {
    for (const { name, manifest } of members("packages")) {
      const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
      const ours = declared.flatMap((dependency) => /^@llava\/(.*)$/.exec(dependency)?.[1] ?? [])
      expect(
        ours.filter((other) => !arrows[name]?.includes(other)),
        name,
      ).toEqual([])
    }
  })

  test("the arrows have no circle", () => {
    const reaches = (from: string, to: string): boolean =>
      arrows[from]!.some((next) => next === to || reaches(next, to))
    for (const name of Object.keys(arrows)) expect(reaches(name, name), name).toBe(false)
  })
})

describe("the check itself", () => {
  const member = (name: string, file: string): Member => ({
    name,
    folder: `/x/${name}`,
    manifest: {
      name: `@llava/${name}`,
      dependencies: { "@llava/model": "workspace:*" },
      peerDependencies: { zod: "^4" },
    },
    sources: [`/x/${name}/src/${file}`],
  })
  const problems = (name: string, file: string, source: string) =>
    checkImports(member(name, file), "package", (path) => findImports(path, source))

  test.each([
    ["a value", 'import { a } from "@llava/llama"'],
    ["a type", 'import type { A } from "@llava/llama"'],
    ["a re-export", 'export { a } from "@llava/llama"'],
    ["a star", 'export * from "@llava/llama"'],
    ["a dynamic import", 'const a = await import("@llava/llama")'],
    ["a subpath", 'import "@llava/llama/extra"'],
  ])("finds %s across an arrow", (_, source) => {
    expect(problems("clip", "a.ts", source)).toHaveLength(1)
  })

  test("lets in what is allowed, and text that only looks like an import", () => {
    const source =
      'import { z } from "zod"\nimport "@llava/model"\nimport "./b.ts"\n// import "@llava/llama"\nconst s = `import "x"`'
    expect(problems("clip", "a.ts", source)).toEqual([])
  })

  test("finds undeclared packages and Node outside the platform files", () => {
    expect(problems("clip", "a.ts", 'import "lodash"')).toHaveLength(1)
    expect(problems("clip", "a.ts", 'import "node:fs"')).toHaveLength(1)
    expect(problems("clip", "platform/file.node.ts", 'import "node:fs"')).toEqual([])
    expect(problems("clip", "a.test.ts", 'import "node:fs"\nimport "vitest"')).toEqual([])
  })
})
