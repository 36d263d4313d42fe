import { existsSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { fixturePath, withReference } from "#testing"
import { runChat } from "./chat-process.ts"
import { originalLlava } from "./original-llava.ts"

const { folder: model, options, answers } = originalLlava
const answer = answers.find(({ template, image }) => template === "v1" && image === "drawn-333x217.png")!
const picture = fixturePath("image-processor/images", answer.image)
const question = [...options, "--model", model, "--template", "v1", "--image", picture]

describe("one question as JSON", () => {
  test.for(answers)("$template, $image: the original LLaVA's tokens", async (expected, context) => {
    const { template, prompt_ids, new_ids, text } = expected
    const stored = fixturePath("image-processor/images", expected.image)
    const image = existsSync(stored) ? stored : withReference(context, "goldens/image-processor/images", expected.image)
    const asked = ["--template", template, "--image", image, "--prompt", expected.question]
    const run = await runChat([...options, "--model", model, ...asked, "--json"])
    expect(run).toMatchObject({ code: 0 })
    expect(JSON.parse(run.stdout)).toEqual({
      model,
      template,
      adapter: { name: expect.any(String), software: expect.any(Boolean) },
      images: [image],
      prompt: expected.question,
      answer: text,
      tokenIds: new_ids,
      finishReason: "length",
      tokens: { prompt: prompt_ids.length - 1, image: 16, generated: 20 },
      timings: {
        loadMs: expect.any(Number),
        encodeMs: expect.any(Number),
        prefillMs: expect.any(Number),
        decodeMs: expect.any(Number),
        tokensPerSecond: expect.any(Number),
      },
      memory: { gpuPeakBytes: expect.any(Number) },
    })
  })
})

describe("standard input and output", () => {
  test("a prompt from a pipe: nothing but the answer comes out", async () => {
    const run = await runChat(question, { input: `${answer.question}\n` })
    expect(run).toMatchObject({ code: 0, stdout: `${answer.text}\n` })
    expect(run.messages.at(-1)).toMatch(/is ready after [\d.]+ s\.$/)
  })

  test("--lines answers each line by itself, with the pictures", async () => {
    const input = `${answer.question}\n\nWhat else?\r\n${answer.question}`
    const run = await runChat([...question, "--lines", "--json"], { input })
    const reports = run.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
    expect(reports.map(({ prompt }) => prompt)).toEqual([answer.question, "What else?", answer.question])
    expect(reports[0]).toMatchObject({ tokenIds: answer.new_ids, tokens: { image: 16 } })
    expect(reports[2]).toMatchObject({ tokenIds: answer.new_ids, images: [picture] })
    expect(reports[1].tokenIds).not.toEqual(answer.new_ids)
  })

  test("--lines as text: an empty line between the answers", async () => {
    const run = await runChat([...question, "--lines"], { input: `${answer.question}\n${answer.question}\n` })
    expect(run).toMatchObject({ code: 0, stdout: `${answer.text}\n\n${answer.text}\n` })
  })

  test("a reader that has seen enough ends the program quietly", async () => {
    const run = await runChat([...question, "--max-new-tokens", "200", "--prompt", "Go on."], { readsOnlyStart: true })
    expect(run.code).toBe(0)
    expect(run.messages.filter((line) => !/loading|is ready/.test(line))).toEqual([])
  })

  test("help goes to standard output", async () => {
    const run = await runChat(["--help"])
    expect(run).toMatchObject({ code: 0, stderr: "" })
    expect(run.stdout).toContain("--image")
  })
})
