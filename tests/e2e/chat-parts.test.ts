import { mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { fixturePath } from "#testing"
import { runChat } from "./chat-process.ts"
import { originalLlava } from "./original-llava.ts"

const { folder: model, options, answers } = originalLlava
const answer = answers.find(({ template, image }) => template === "v0" && image === "drawn-333x217.png")!

test("--part: a lone file, found from the working directory, needs nothing installed and takes the default's place", async () => {
  const cwd = await mkdtemp(join(tmpdir(), "llava-parts-"))
  await writeFile(
    join(cwd, "own-projector.mjs"),
    `import { definePart } from "@llava/model"
     import { mlpProjector } from "@llava/projector"
     const build = (config, device) => {
       console.error("llava: own projector")
       return mlpProjector.build(config, device)
     }
     export default [definePart({ ...mlpProjector, build })]`,
  )
  const picture = fixturePath("image-processor/images", answer.image)
  const asked = ["--template", answer.template, "--image", picture, "--prompt", answer.question, "--json"]
  const run = await runChat([...options, "--model", model, "--part", "own-projector.mjs", ...asked], { cwd })
  expect(run).toMatchObject({ code: 0 })
  expect(run.messages).toContain("llava: own projector")
  expect(JSON.parse(run.stdout)).toMatchObject({ tokenIds: answer.new_ids })
})

test.each([
  ["no part", "export default { kind: 'hat' }", /default export is no part.*definePart/],
  ["a mistake in it", "export default part(", /cannot be imported: .*ES module/],
])("--part with %s", async (_, source, message) => {
  const cwd = await mkdtemp(join(tmpdir(), "llava-parts-"))
  await writeFile(join(cwd, "module.mjs"), source)
  const run = await runChat(["--model", model, "--template", "v1", "--part", "module.mjs", "--prompt", "x"], { cwd })
  expect(run).toMatchObject({ code: 1, stdout: "", messages: [expect.stringMatching(message)] })
  expect(run.stderr.trimEnd().split("\n")).toHaveLength(1)
})
