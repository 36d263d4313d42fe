import { execFileSync } from "node:child_process"
import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { repository } from "./workspace.ts"

// In pieces, so that this file does not find itself.
const forbidden = [
  // Where packages come from is the business of each user's package manager.
  ["registry.", "npmjs.org"],
  ["registry.", "yarnpkg.com"],
  ["deb.", "debian.org"],
  ["archive.", "ubuntu.com"],
  ["files.", "pythonhosted.org"],
  // Folders of one machine.
  ["/work/", "main"],
  ["/work/", "shared"],
].map((pieces) => pieces.join(""))

function trackedFiles(): string[] | undefined {
  try {
    const options = { cwd: repository, encoding: "utf8" as const, maxBuffer: 2 ** 26 }
    return execFileSync("git", ["ls-files", "-z"], options).split("\0").filter(Boolean)
  } catch {
    return undefined
  }
}

test("no tracked file names a package registry's host or a folder of one machine", (context) => {
  const files = trackedFiles()
  if (files === undefined) {
    console.log("skipped: not a git checkout")
    return context.skip("not a git checkout")
  }
  expect(files).toContain("package.json")
  const found = files.flatMap((name) => {
    const path = join(repository, name)
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return []
    const bytes = readFileSync(path)
    return forbidden.filter((text) => bytes.includes(text)).map((text) => `${name}: ${text}`)
  })
  expect(found).toEqual([])
})
