import { execFile } from "node:child_process"
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import { repository } from "../architecture/workspace.ts"
import { extractExample } from "./extract-example.ts"
import { installPackages, packPackages } from "./own-parts/packed-example.ts"

const run = promisify(execFile)
let folder = ""
let tarballs: string[] = []
beforeAll(async () => {
  tarballs = await packPackages("eval", ["core", "eval"])
  folder = await realpath(await mkdtemp(join(tmpdir(), "llava-eval-packed-")))
  await writeFile(join(folder, "package.json"), '{ "name": "stranger", "type": "module", "private": true }')
  await installPackages(folder, [...tarballs, "zod@4"])
}, 600_000)
afterAll(async () => {
  await rm(dirname(tarballs[0]!), { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
})

test("@llava/eval alone brings no GPU package", async () => {
  expect((await readdir(join(folder, "node_modules/@llava"))).sort()).toEqual(["core", "eval"])
  const names = await readdir(join(folder, "node_modules"))
  expect(names).not.toContain("webgpu")
  expect(names).not.toContain("sharp")
})

test("its README's example runs and prints what it says", async () => {
  const readme = await readFile(join(repository, "packages/eval/README.md"), "utf8")
  const file = join(folder, "example.ts")
  await writeFile(file, extractExample(readme)!.code)
  const { stdout } = await run(process.execPath, [file], { cwd: folder })
  expect(stdout).toMatch(/^\| /)
  expect(stdout.trim().split("\n").at(-1)).toBe("50 1")
})

test("type-checks, declarations included", async () => {
  const tsc = join(repository, "node_modules/.bin/tsc")
  const options = ["--noEmit", "--skipLibCheck", "false", "--strict", "--target", "es2024", "--types", ""]
  const modules = ["--module", "nodenext", "--moduleResolution", "nodenext"]
  const { stdout } = await run(tsc, [...options, ...modules, "example.ts"], { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  )
  expect(stdout).toBe("")
})
