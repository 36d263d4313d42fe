import { describe, expect, it } from "vitest"
import { findTemplate } from "./find-template.ts"
import type { Turn } from "./template.ts"

const conversation: Turn[] = [
  { role: "user", text: "One?" },
  { role: "assistant", text: "1" },
  { role: "user", text: "Two?" },
]
const learned = (name: string, turns: Turn[]) =>
  findTemplate(name)
    .renderTraining(turns)
    .filter((segment) => segment.learned)
    .map((segment) => segment.text)

describe("conversationTemplate", () => {
  it("lets a system turn replace the template's text, and keeps its markup", () => {
    const turns: Turn[] = [{ role: "system", text: "Be brief." }, ...conversation]
    expect(findTemplate("chatml_direct").renderPrompt(turns)).toBe(
      "<|im_start|>system\nBe brief.<|im_end|><|im_start|>user\nOne?<|im_end|><|im_start|>assistant\n1<|im_end|><|im_start|>user\nTwo?<|im_end|><|im_start|>assistant\n",
    )
    expect(findTemplate("v1").renderPrompt(turns)).toBe("Be brief. USER: One? ASSISTANT: 1</s>USER: Two? ASSISTANT:")
    expect(findTemplate("mistral_instruct").renderPrompt(turns)).toBe(
      "[INST] <<SYS>>\nBe brief.\n<</SYS>>\n\nOne? [/INST] 1 </s>[INST] Two? [/INST]",
    )
  })

  it("prompts with the examples of a template and trains without them", () => {
    const text = findTemplate("simple").renderPrompt(conversation)
    expect(text).toContain("###Human: Hi!###Assistant: Hi there!  How can I help you today?\n###Human: One?###")
    const training = findTemplate("simple").renderTraining(conversation.slice(0, 2))
    expect(training.map((segment) => segment.text).join("")).not.toContain("Hi!")
  })

  it("marks answers and what ends them as learned", () => {
    expect(learned("vicuna_v1", conversation.slice(0, 2))).toEqual([" 1</s>"])
    expect(learned("mpt", conversation.slice(0, 2))).toEqual(["1<|im_end|>"])
    expect(learned("llava_llama_2", conversation.slice(0, 2))).toEqual([" 1 </s>"])
  })

  it("learns the ### that opens a question under v0", () => {
    expect(learned("v0", conversation)).toEqual(["###", "###", " Assistant: 1\n", "###", "### "])
  })

  it("drops an answer that nobody asked for, except under v0", () => {
    const turns: Turn[] = [{ role: "assistant", text: "Hello" }, ...conversation.slice(0, 2)]
    expect(learned("v1", turns)).toEqual([" 1</s>"])
    expect(learned("v0", turns)).toContain(" Assistant: Hello\n")
  })

  it("keeps image and caption only under plain", () => {
    const turns: Turn[] = [
      { role: "user", text: "<image>\nDescribe." },
      { role: "assistant", text: "A taxi." },
    ]
    expect(findTemplate("plain").renderTraining(turns)).toEqual([
      { text: "<image>", learned: false },
      { text: "A taxi.\n", learned: true },
    ])
  })
})
