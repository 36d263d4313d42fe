import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { members, repository } from "../architecture/workspace.ts"
import { buildPackages } from "../support/build-packages.ts"
import { withReference } from "../support/fixtures.ts"
import { extractExample } from "./extract-example.ts"

let folder = ""
beforeAll(async () => {
  // Beside the tests, where every package can be found by its name.
  folder = mkdtempSync(join(repository, "tests/.examples-"))
  await buildPackages("build:js")
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs an example as a reader would: from the repository's root, against the built packages. */
async function run(name: string, code: string): Promise<string> {
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, code)
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: repository, timeout: 170_000 })
  return stdout
}

describe("the example of each README", () => {
  test.for(members("packages"))("@llava/$name", async ({ name, folder: packageFolder }, context) => {
    const example = extractExample(readFileSync(join(packageFolder, "README.md"), "utf8"))
    expect(example, "the README has a ```ts block").toBeDefined()
    if (example!.needs.includes("reference")) withReference(context)
    const printed = await run(name, example!.code)
    expect(printed.trim()).not.toBe("")
    if (example!.output !== undefined) expect(printed.trim()).toBe(example!.output.trim())
  })
})
