import { existsSync, readFileSync } from "node:fs"
import { builtinModules } from "node:module"
import { join } from "node:path"
import { build } from "esbuild"
import { beforeAll, describe, expect, test } from "vitest"
import { buildPackages } from "../support/build-packages.ts"
import { findImports } from "./find-imports.ts"
import { isNodeOnly, members } from "./workspace.ts"

const nodeOnly = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`), "sharp", "webgpu"])

beforeAll(() => buildPackages("build:js"), 300_000)

const forBrowsers = members("packages").filter((member) => member.sources.length > 0 && !isNodeOnly(member))

describe.each(forBrowsers.map(({ name, folder }) => ({ name, file: join(folder, "dist/index.browser.js") })))(
  "packages/$name in a browser",
  ({ file }) => {
    test("imports nothing of Node", () => {
      expect(existsSync(file)).toBe(true)
      const specifiers = findImports(file).map(({ specifier }) => specifier)
      expect(specifiers.filter((specifier) => nodeOnly.has(specifier))).toEqual([])
      expect(readFileSync(file, "utf8")).not.toMatch(/\brequire\(|\bprocess\.(env|argv|versions)\b/)
    })

    test("bundles for a browser with everything it depends on", async () => {
      const { errors, outputFiles } = await build({
        entryPoints: [file],
        bundle: true,
        platform: "browser",
        format: "esm",
        write: false,
        logLevel: "silent",
      })
      expect(errors).toEqual([])
      expect(outputFiles).toHaveLength(1)
    })
  },
)
