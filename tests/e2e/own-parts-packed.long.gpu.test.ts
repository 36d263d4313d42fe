import { execFile } from "node:child_process"
import { copyFile, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { answerOf } from "./own-parts/answers.ts"
import { installExample, packPackages } from "./own-parts/packed-example.ts"

const run = promisify(execFile)

/** Runs a file of an installed example in its folder, and gives what it wrote to standard output. */
async function runIn(folder: string, file: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [file, ...args], { cwd: folder, timeout: 120_000 })
  return stdout
}

let tarballs: string[] = []
beforeAll(async () => {
  tarballs = await packPackages()
}, 300_000)
afterAll(() => rm(dirname(tarballs[0]!), { recursive: true }))

describe.each([
  ["own-encoder", "siglip-llama"],
  ["own-decoder", "clip-gpt2"],
])("%s with the packages installed from tarballs", (example, model) => {
  let folder = ""
  beforeAll(async () => {
    folder = await installExample(example, tarballs)
    await copyFile(new URL("own-parts/measure.ts", import.meta.url), join(folder, "measure.ts"))
  }, 300_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test("answers as a script what transformers answers", async () => {
    const { image, question, text } = answerOf(model)
    const printed = await runIn(folder, "ask.ts", [fixturePath("own-parts", model), image, question])
    // The script goes on where the fixture ends, after 16 tokens.
    expect(printed.slice(0, text.length)).toBe(text)
  })

  test("hidden states, features, logits, loss and greedy tokens are those of transformers", async () => {
    const args = [fixturePath("own-parts", model), fixturePath("own-parts", `${model}.safetensors`)]
    const { software, errors, greedy } = JSON.parse(await runIn(folder, "measure.ts", args))
    const factor = software ? 1 : 10
    expect(Object.keys(errors)).toEqual([
      ...[0, 1, 2, 3].map((i) => `hidden_states.${i}`),
      "features",
      "logits",
      "loss",
    ])
    for (const [name, error] of Object.entries(errors)) {
      expect(error, name).toBeLessThanOrEqual((name === "logits" ? 2e-5 : 1e-5) * factor)
    }
    expect(greedy).toBe("equal")
  })

  test.each([
    ["NodeNext", "NodeNext"],
    ["ESNext", "bundler"],
  ])("type-checks, declarations of the packages included (module %s, resolution %s)", async (module, resolution) => {
    const options = ["--skipLibCheck", "false", "--module", module, "--moduleResolution", resolution]
    const tsc = join(folder, "node_modules/.bin/tsc")
    const { stdout } = await run(tsc, options, { cwd: folder }).catch((error: { stdout: string }) => error)
    expect(stdout).toBe("")
  })
})
