import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { z } from "zod"
import { fixturePath, withReference } from "#testing"
import { runChat } from "./chat-process.ts"

const { chat } = z
  .object({ chat: z.array(z.object({ question: z.string(), greedy_ids: z.array(z.int()), greedy_text: z.string() })) })
  .parse(JSON.parse(readFileSync(fixturePath("smollm2/golden.json"), "utf8")))

test("SmolLM2 answers four questions to the letter", { timeout: 300_000 }, async (context) => {
  const model = withReference(context, "models", "smollm2-135m-instruct", "SmolLM2-135M-Instruct.Q4_1.gguf")
  const input = chat.map(({ question }) => `${question}\n`).join("")
  const run = await runChat(["--model", model, "--max-new-tokens", "48", "--lines", "--json"], { input })
  expect(run).toMatchObject({ code: 0 })
  const reports = run.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
  expect(reports.map(({ prompt, answer }) => ({ prompt, answer }))).toEqual(
    chat.map(({ question, greedy_text }) => ({ prompt: question, answer: greedy_text })),
  )
  for (const [index, { greedy_ids }] of chat.entries()) {
    const { tokenIds, finishReason } = reports[index]
    expect(tokenIds.slice(0, greedy_ids.length)).toEqual(greedy_ids)
    expect(finishReason).toBe(tokenIds.length === 48 && greedy_ids.length === 48 ? "length" : "stop")
  }
})
