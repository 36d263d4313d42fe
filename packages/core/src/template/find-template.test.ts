import { describe, expect, it } from "vitest"
import { findTemplate } from "./find-template.ts"
import { TemplateError } from "./template-error.ts"

describe("findTemplate", () => {
  it("knows every published name", () => {
    const names =
      "default v0 llava_v0 v0_mmtag v1 vicuna_v1 llava_v1 v1_mmtag plain v0_plain llama_2 llava_llama_2 mistral_instruct mpt chatml_direct mistral_direct"
    for (const name of names.split(" ")) expect(findTemplate(name).name).toBe(name)
  })

  it.each(["vicuna_v2", "constructor", ""])("lists the names when asked for %j", (name) => {
    expect(() => findTemplate(name)).toThrow(TemplateError)
    expect(() => findTemplate(name)).toThrow(/vicuna_v1, .*chatml_direct/)
  })
})
