import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { fixturePath } from "#testing"
import { runChat } from "./chat-process.ts"

const nano = (path: string) => fileURLToPath(new URL(`../../packages/nano/${path}`, import.meta.url))
const samples = JSON.parse(await readFile(nano("scenes/scenes.json"), "utf8")) as {
  file: string
  shows: string[]
  absent: string
}[]

describe("nano, where no model is named", () => {
  test.each(samples)("names what $file shows", async ({ file, shows }) => {
    const run = await runChat(["--image", nano(`scenes/${file}`), "--prompt", "What is in this picture?"])
    expect(run).toMatchObject({ code: 0 })
    for (const thing of shows) expect(run.stdout).toContain(thing)
  })

  test("says kindly that a picture is none of its world, and answers all the same", async () => {
    const picture = fixturePath("image-processor", "images", "drawn-333x217.png")
    const strange = await runChat(["--image", picture, "--prompt", "What is this?"])
    expect(strange).toMatchObject({ code: 0, stdout: expect.stringMatching(/^.+\n$/) })
    expect(strange.stdout).not.toContain("smile")
    expect(strange.messages.join("\n")).toMatch(/drawn-333x217\.png: .*only knows drawn scenes/)
    const known = await runChat(["--image", nano("scenes/scene-1.png"), "--prompt", "What is this?"])
    expect(known.messages.join("\n")).not.toContain("only knows")
  })

  test("says no to what is not there", async () => {
    const { file, absent } = samples[0]!
    const run = await runChat(["--image", nano(`scenes/${file}`), "--prompt", `Is there a ${absent}?`])
    expect(run.stdout).toMatch(/so no\.\n$/)
  })

  test("answers about a sample where nothing is asked or shown", async () => {
    const run = await runChat([], { input: "" })
    expect(run).toMatchObject({ code: 0 })
    expect(run.stdout).toContain(samples[0]!.shows[0])
    expect(run.messages.join("\n")).toContain(samples[0]!.file)
  })
})
