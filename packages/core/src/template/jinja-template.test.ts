import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { byteTokenizer, fixturePath } from "#testing"
import { encodeForGeneration } from "../prompt/encode-for-generation.ts"
import { encodeForTraining } from "../prompt/encode-for-training.ts"
import type { Message } from "../prompt/message.ts"
import { IGNORE_INDEX, IMAGE_TOKEN_INDEX } from "../prompt/token-constants.ts"
import { jinjaTemplate } from "./jinja-template.ts"

/** The shape of the processors' templates of LLaVA 1.5: a list of parts, images first. */
const listing = `{% for message in messages %}{{ message['role'].upper() + ': ' }}{% for part in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>\n' }}{% endfor %}{% if message['role'] != 'assistant' %}{% for part in message['content'] | selectattr('type', 'equalto', 'text') %}{{ part['text'] + ' ' }}{% endfor %}{% else %}{% for part in message['content'] | selectattr('type', 'equalto', 'text') %}{% generation %}{{ part['text'] + ' ' }}{% endgeneration %}{% endfor %}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ 'ASSISTANT:' }}{% endif %}`
const chatml = `{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}`
/** The template that comes with SmolLM2. */
const smollm2 = `{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}`
const withBos = `{{ bos_token }}${chatml}`

const asked: Message[] = [
  {
    role: "user",
    content: [
      { type: "image", image: "taxi.jpg" },
      { type: "text", text: "What is this?" },
    ],
  },
]
const answered: Message[] = [
  ...asked,
  { role: "assistant", content: "A taxi." },
  { role: "user", content: "Sure?" },
  { role: "assistant", content: "Yes." },
]

describe("jinjaTemplate", () => {
  const tokenizer = byteTokenizer({ special: ["<s>", "</s>", "<image>", "<|im_start|>", "<|im_end|>"] })

  it("gives list templates the parts of a message", () => {
    const prompt = encodeForGeneration({ messages: asked, template: jinjaTemplate(listing), tokenizer })
    expect(prompt.text).toBe("USER: <image>\nWhat is this? ASSISTANT:")
    expect(prompt.ids[0]).toBe(tokenizer.bosTokenId)
    expect(prompt.ids.filter((id) => id === IMAGE_TOKEN_INDEX)).toHaveLength(1)
  })

  it("gives string templates a placeholder in the text", () => {
    const prompt = encodeForGeneration({ messages: asked, template: jinjaTemplate(chatml), tokenizer })
    expect(prompt.text).toBe("<|im_start|>user\n<image>\nWhat is this?<|im_end|>\n<|im_start|>assistant\n")
    expect(prompt.ids[0]).toBe(tokenizer.tokenId("<|im_start|>"))
  })

  it("writes SmolLM2's prompts", () => {
    const rows: { question: string; prompt: string }[] = JSON.parse(
      readFileSync(fixturePath("smollm2", "golden.json"), "utf8"),
    ).chat
    expect(rows.length).toBeGreaterThan(0)
    const template = jinjaTemplate(smollm2, { bosToken: "<|im_start|>", eosToken: "<|im_end|>" })
    const chat = byteTokenizer({ special: ["<|im_start|>", "<|im_end|>"], bos: "<|im_start|>" })
    for (const { question, prompt } of rows) {
      const { text, ids } = encodeForGeneration({
        messages: [{ role: "user", content: question }],
        template,
        tokenizer: chat,
      })
      expect(text).toBe(prompt)
      expect(ids.filter((id) => id === chat.bosTokenId)).toHaveLength(prompt.split("<|im_start|>").length - 1)
    }
  })

  it("does not write BOS twice", () => {
    const template = jinjaTemplate(withBos, { bosToken: "<s>", eosToken: "</s>", addSpecialTokens: undefined })
    const { ids, stop } = encodeForGeneration({ messages: asked, template, tokenizer })
    expect(ids.filter((id) => id === tokenizer.bosTokenId)).toHaveLength(1)
    expect(stop).toEqual(["</s>"])
  })

  it.each([
    ["list", listing, [" A taxi. ", " Yes. "]],
    ["string", chatml, ["A taxi.<|im_end|>\n", "Yes.<|im_end|>\n"]],
  ])("learns the difference of rendered prefixes: %s", (_, source, expected) => {
    const { ids, labels } = encodeForTraining({ messages: answered, template: jinjaTemplate(source), tokenizer })
    const runs: number[][] = []
    for (const [index, label] of labels.entries()) {
      if (label === IGNORE_INDEX) continue
      expect(label).toBe(ids[index])
      if (index === 0 || labels[index - 1] === IGNORE_INDEX) runs.push([])
      runs.at(-1)!.push(label)
    }
    expect(runs.map((run) => tokenizer.decode(run, { skipSpecialTokens: false }))).toEqual(expected)
  })

  it("refuses to train when earlier turns change", () => {
    const counting = `{{ messages | length }}${chatml}`
    const encode = () => encodeForTraining({ messages: answered, template: jinjaTemplate(counting), tokenizer })
    expect(encode).toThrow(expect.objectContaining({ code: "template-not-prefix" }))
  })

  it("says what a template raises, and what does not parse", () => {
    const strict = jinjaTemplate("{{ raise_exception('Only one turn, please') }}")
    const encode = () => encodeForGeneration({ messages: asked, template: strict, tokenizer })
    expect(encode).toThrow(/Only one turn, please/)
    expect(() => jinjaTemplate("{% for %}", { name: "broken" })).toThrow(
      expect.objectContaining({ code: "template-invalid", message: expect.stringContaining("broken") }),
    )
  })

  it("notices an image that the template drops", () => {
    const forgetful = jinjaTemplate("{% for message in messages %}{{ message.role }}{% endfor %}")
    const encode = () => encodeForGeneration({ messages: asked, template: forgetful, tokenizer })
    expect(encode).toThrow(expect.objectContaining({ code: "image-lost" }))
  })
})
