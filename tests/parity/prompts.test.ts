import { readFileSync } from "node:fs"
import {
  type ConversationFormat,
  conversationFormats,
  encodeForGeneration,
  encodeForTraining,
  findTemplate,
  IGNORE_INDEX,
  PromptError,
} from "@llava/core"
import { sentencePieceTokenizer } from "@llava/llama"
import { describe, expect, it } from "vitest"
import { fixturePath } from "#testing"

interface Golden {
  templates_defaults: Record<
    string,
    { system: string; roles: [string, string]; sep: string; sep2: string | null; style: string }
  >
  training: {
    template: string
    name: string
    turns: [string, string][]
    input_ids: number[]
    labels: number[]
    all_masked: boolean
  }[]
  generation: { template: string; name: string; prompt: string; input_ids: number[]; stop: string }[]
}

const golden: Golden = JSON.parse(readFileSync(fixturePath("prompts", "golden.json"), "utf8"))
const tokenizer = sentencePieceTokenizer(readFileSync(fixturePath("prompts", "tokenizer.model")))

function turnsOf(name: string) {
  const row = golden.training.find((candidate) => candidate.name === name)
  if (!row) throw new Error(`no conversation named ${name}`)
  return row.turns.map(([from, value]) => ({ from, value }))
}

describe("prompts of the original LLaVA", () => {
  it.each(Object.entries(golden.templates_defaults))("template %s has the published strings", (name, expected) => {
    const formats: Record<string, ConversationFormat> = conversationFormats
    const format = formats[name]
    expect({
      system: format?.system,
      roles: [format?.roles.user, format?.roles.assistant],
      sep: format?.separator,
      sep2: format?.answerSeparator ?? null,
      style: format?.style,
    }).toEqual(expected)
  })

  it.each(golden.training)("training: $template $name", (row) => {
    const turns = row.turns.map(([from, value]) => ({ from, value }))
    const { ids, labels } = encodeForTraining({ turns, template: findTemplate(row.template), tokenizer })
    expect(ids).toEqual(row.input_ids)
    if (!row.all_masked) {
      expect(labels).toEqual(row.labels)
      return
    }
    // The original lost count here and learned nothing; right is: exactly the answers and what ends them.
    const learned = labels.filter((label) => label !== IGNORE_INDEX)
    const answers = turns.filter((turn) => turn.from === "gpt").map((turn) => turn.value)
    expect(tokenizer.decode(learned, { skipSpecialTokens: false })).toBe(
      answers.map((answer) => `${answer}</s>`).join(""),
    )
  })

  it.each(golden.generation)("generation: $template $name", (row) => {
    const turns = turnsOf(row.name).slice(0, -1)
    const prompt = encodeForGeneration({ turns, template: findTemplate(row.template), tokenizer })
    expect(prompt.text).toBe(row.prompt)
    expect(prompt.ids).toEqual(row.input_ids)
    expect(prompt.stop).toEqual([row.stop])
  })

  it("names the sample where the original masks it silently", () => {
    const sample = { id: "no-answer", conversations: [{ from: "human" as const, value: "Why?" }] }
    const encode = () => encodeForTraining({ sample, template: findTemplate("v1"), tokenizer })
    expect(encode).toThrow(PromptError)
    expect(encode).toThrow(/"no-answer"/)
  })

  it.each(["llava-original-mlp", "llava-original-linear"])("%s: an image part makes the same prompt", (fixture) => {
    const rows: { template: string; question: string; prompt_ids: number[] }[] = JSON.parse(
      readFileSync(fixturePath(fixture, "golden.json"), "utf8"),
    ).generation
    expect(rows.length).toBeGreaterThan(0)
    for (const { template, question, prompt_ids } of rows) {
      const messages = [
        {
          role: "user" as const,
          content: [
            { type: "image" as const, image: "photo.jpg" },
            { type: "text" as const, text: question },
          ],
        },
      ]
      const prompt = encodeForGeneration({ messages, template: findTemplate(template), tokenizer })
      expect(prompt.ids).toEqual(prompt_ids)
    }
  })
})
