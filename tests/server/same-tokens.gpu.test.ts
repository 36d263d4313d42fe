import { readFile } from "node:fs/promises"
import { openModel } from "@llava/hub"
import { BatchEngine, type Llava } from "@llava/model"
import { type ChatReply, createServer } from "@llava/server"
import { type Listening, listen } from "@llava/server/node"
import { afterAll, beforeAll, expect, test } from "vitest"
import { fixturePath, testDevice } from "#testing"
import { runChat } from "../e2e/chat-process.ts"
import { originalLlava } from "../e2e/original-llava.ts"

const { folder, answers } = originalLlava
const answer = answers.find(({ template, image }) => template === "v1" && image === "drawn-333x217.png")!
const picture = fixturePath("image-processor/images", answer.image)

let model: Llava
let engine: BatchEngine
let server: Listening
beforeAll(async () => {
  model = await openModel(folder, { template: "v1", device: await testDevice() })
  engine = new BatchEngine(model, { maxConcurrent: 4 })
  server = await listen(createServer({ models: [{ id: "tiny", engine }] }))
})
afterAll(async () => {
  await server.close(0)
  engine[Symbol.dispose]()
  await model[Symbol.asyncDispose]()
})

async function ask(change: object): Promise<ChatReply> {
  const url = `data:image/png;base64,${(await readFile(picture)).toString("base64")}`
  const content = [
    { type: "image_url", image_url: { url } },
    { type: "text", text: answer.question },
  ]
  const response = await fetch(`${server.url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "tiny", messages: [{ role: "user", content }], return_token_ids: true, ...change }),
  })
  expect(response.status).toBe(200)
  return (await response.json()) as ChatReply
}

/** The same question to the library. */
async function generate(options: object) {
  const content = [
    { type: "image" as const, image: picture },
    { type: "text" as const, text: answer.question },
  ]
  return await model.generate({ messages: [{ role: "user", content }], maxNewTokens: 20, ...options }).result
}

test("the server, the command line, the library and the original LLaVA say the same, token by token", async () => {
  const fromServer = await ask({ temperature: 0, max_tokens: 20, ignore_eos: true })
  const fromLibrary = await generate({ ignoreEndOfSequence: true })
  const options = ["--model", folder, "--template", "v1", "--image", picture, "--prompt", answer.question]
  const run = await runChat([...options, "--ignore-eos", "--max-new-tokens", "20", "--json"])
  const fromCommandLine = JSON.parse(run.stdout)
  expect(fromServer.choices[0]).toMatchObject({
    message: { content: answer.text },
    token_ids: answer.new_ids,
    finish_reason: "length",
  })
  expect(fromLibrary).toMatchObject({ text: answer.text, tokenIds: answer.new_ids })
  expect(fromCommandLine).toMatchObject({ answer: answer.text, tokenIds: answer.new_ids })
  expect(fromServer.usage).toMatchObject({
    prompt_tokens: answer.prompt_ids.length - 1 + 16,
    completion_tokens: 20,
    prompt_tokens_details: { image_tokens: 16 },
  })
})

test("with a seed, sampling is the same too; without, or with another, it is not", async () => {
  const sampling = { temperature: 1.5, top_p: 0.95, seed: 11, max_tokens: 20, ignore_eos: true }
  const { tokenIds } = await generate({ temperature: 1.5, topP: 0.95, seed: 11, ignoreEndOfSequence: true })
  expect((await ask(sampling)).choices[0]?.token_ids).toEqual(tokenIds)
  const [first, second] = (await ask({ ...sampling, n: 2 })).choices
  expect(first?.token_ids).toEqual(tokenIds)
  expect(second?.token_ids).not.toEqual(tokenIds)
})

test("probabilities are those that score gives", async () => {
  const reply = await ask({ temperature: 0, max_tokens: 3, ignore_eos: true, logprobs: true, top_logprobs: 2 })
  const [choice] = reply.choices
  const content = choice!.logprobs!.content
  expect(content).toHaveLength(3)
  for (const { logprob, top_logprobs } of content) {
    expect(top_logprobs).toHaveLength(2)
    // Greedy: what was chosen was the likeliest.
    expect(top_logprobs[0]!.logprob).toBe(logprob)
    expect(top_logprobs[1]!.logprob).toBeLessThanOrEqual(logprob)
  }
  const messages = [
    {
      role: "user" as const,
      content: [
        { type: "image" as const, image: picture },
        { type: "text" as const, text: answer.question },
      ],
    },
  ]
  const { logProbabilities } = await generate({ maxNewTokens: 3, ignoreEndOfSequence: true, logProbabilities: 0 })
  expect(logProbabilities!.map(({ tokenId }) => tokenId)).toEqual(choice!.token_ids)
  const text = content.map(({ bytes }) => Buffer.from(bytes!).toString("latin1")).join("")
  const { scores, tokenCounts } = await model.score({ messages, choices: [Buffer.from(text, "latin1").toString()] })
  // Where the text comes apart into the same tokens.
  if (tokenCounts[0] === 3) {
    expect(scores[0]).toBeCloseTo(
      content.reduce((sum, { logprob }) => sum + logprob, 0),
      3,
    )
  }
})

test("whatever the weights, an answer held to a schema is valid", async () => {
  const schema = {
    type: "object",
    properties: {
      color: { enum: ["red", "green"] },
      count: { type: "integer", minimum: 1, maximum: 12 },
      words: { type: "array", items: { type: "string", maxLength: 3 }, maxItems: 2 },
    },
    required: ["color", "count", "words"],
    additionalProperties: false,
  }
  const format = { type: "json_schema", json_schema: { name: "things", schema } }
  for (const sampling of [{ temperature: 0 }, { temperature: 2, seed: 1 }, { temperature: 2, seed: 2 }]) {
    const { choices } = await ask({ ...sampling, max_tokens: 200, response_format: format })
    expect(choices[0]?.finish_reason).toBe("stop")
    const value = JSON.parse(choices[0]!.message.content)
    expect(Object.keys(value)).toEqual(["color", "count", "words"])
    expect(["red", "green"]).toContain(value.color)
    expect(value.count).toBeGreaterThanOrEqual(1)
    expect(value.count).toBeLessThanOrEqual(12)
    expect(value.words.length).toBeLessThanOrEqual(2)
    for (const word of value.words) expect([...word].length).toBeLessThanOrEqual(3)
  }
})
