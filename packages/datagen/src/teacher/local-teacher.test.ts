import { LlavaError } from "@llava/core"
import { describe, expect, it, vi } from "vitest"
import { type LocalModel, LocalTeacher } from "./local-teacher.ts"

const messages = [{ role: "user", content: "A dog on a red sofa." }] as const
const settings = { teacher: "local", model: "some-folder", temperature: 0.2, maxTokens: 30 } as const

function modelThat(generate: LocalModel["generate"]): LocalModel {
  return { generate, [Symbol.asyncDispose]: async () => {} }
}

const answer = { text: "A dog.", finishReason: "stop", usage: { promptTokens: 12, generatedTokens: 3 } } as const

describe("LocalTeacher", () => {
  it("asks the model, one question at a time, and counts tokens that cost nothing", async () => {
    let running = 0
    const generate = vi.fn<LocalModel["generate"]>(() => ({
      result: (async () => {
        expect(++running).toBe(1)
        await new Promise(setImmediate)
        running--
        return answer
      })(),
    }))
    await using teacher = new LocalTeacher(modelThat(generate), settings)
    const replies = await Promise.all([1, 2, 3].map((seed) => teacher.ask(messages, { seed })))
    expect(replies[2]).toEqual({
      text: "A dog.",
      finishReason: "stop",
      usage: { promptTokens: 12, completionTokens: 3 },
    })
    expect(generate.mock.calls.map(([options]) => options)).toEqual(
      [1, 2, 3].map((seed) => ({ messages, maxNewTokens: 30, temperature: 0.2, seed })),
    )
    expect(teacher.spending).toEqual({ requests: 3, promptTokens: 36, completionTokens: 9, cost: 0 })
    expect(teacher.identity).toEqual({ teacher: "local", model: "some-folder", temperature: 0.2, maxTokens: 30 })
  })

  it("refuses one question that is too long, and fails the run on everything else", async () => {
    const tooLong = new LlavaError("The prompt has 9000 tokens.", { code: "context-full" })
    const lost = new Error("The device is lost.")
    const failures = [tooLong, lost]
    const teacher = new LocalTeacher(
      modelThat(() => ({ result: Promise.reject(failures.shift()) })),
      settings,
    )
    await expect(teacher.ask(messages, { seed: 1 })).rejects.toMatchObject({
      code: "request-refused",
      scope: "request",
    })
    await expect(teacher.ask(messages, { seed: 2 })).rejects.toBe(lost)
  })

  it("keeps to its budget", async () => {
    const teacher = new LocalTeacher(
      modelThat(() => ({ result: Promise.resolve(answer) })),
      { ...settings, budget: { requests: 1 } },
    )
    await teacher.ask(messages, { seed: 1 })
    await expect(teacher.ask(messages, { seed: 2 })).rejects.toMatchObject({ code: "budget-spent", scope: "run" })
  })
})
